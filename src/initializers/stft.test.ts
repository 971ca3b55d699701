import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { key } from '../random/keys.ts';
import { type StftConfig, stft } from './stft.ts';

interface Case {
  readonly options: Partial<StftConfig>;
  readonly kernel: GoldenArray;
}

const context = { dtype: 'float32', key: key(0) } as const;

describe('stft', () => {
  it.each(readGolden<Case[]>('initializers/stft.json'))('$options', async ({ options, kernel }) => {
    await expectGolden(stft(options).sample(kernel.shape, context), kernel);
  });

  it('refuses what makes no sense', () => {
    expect(() => stft({ side: 'imaginary' as 'imag' })).toThrow("STFT: expected a side, got 'imaginary'");
    expect(() => stft({ window: 'han' })).toThrow("did you mean 'hann'?");
    expect(() => stft({ scaling: 'densty' as 'density' })).toThrow("did you mean 'density'?");
    expect(() => stft().sample([4, 2, 3], context)).toThrow(
      'STFT: expected a kernel [frame length, 1, at least 2 frequencies], got [4, 2, 3]',
    );
    expect(() => stft({ window: [1] }).sample([4, 1, 3], context)).toThrow('a window of 4 values, got 1');
  });
});

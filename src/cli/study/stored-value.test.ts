import { describe, expect, it } from 'vitest';
import type { Stored } from '../../zoo/study.ts';
import { decodeStored, encodeStored } from './stored-value.ts';

describe('a stored result', () => {
  it('comes back as it was, arrays and odd numbers included', () => {
    const value: Stored = {
      errors: Float32Array.of(0.1, -0, 3e38),
      exact: Float64Array.of(Math.PI),
      counts: Int32Array.of(-1, 2),
      pixels: Uint8Array.of(0, 255),
      steps: [1, Number.NaN, Number.POSITIVE_INFINITY],
      name: 'seed 1',
      missing: null,
    };
    expect(decodeStored(encodeStored(value))).toEqual(value);
  });

  it('refuses what is not JSON', () => {
    expect(() => decodeStored('{"a":')).toThrow(SyntaxError);
  });
});

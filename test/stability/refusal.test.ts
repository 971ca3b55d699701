import { describe, expect, it } from 'vitest';
import {
  AntlerResourceError,
  add,
  jit,
  matmul,
  ones,
  sort,
  sum,
  type Tensor,
  tensor,
} from '../../src/index.ts';

/** The error of a computation that must fail. */
function refusal(compute: () => unknown): Error {
  try {
    compute();
  } catch (error) {
    expect(error).toBeInstanceOf(AntlerResourceError);
    return error as Error;
  }
  throw new TypeError('nothing was refused');
}

describe('memory that the engine refuses', () => {
  it('is told with op, shape and bytes', () => {
    const product = () => matmul(ones([40_000, 10]), ones([10, 40_000])).dataSync();
    expect(refusal(product).message).toMatch(
      /^matmul \(float32 \[40000, 40000\], 6400000000 bytes\) and the values beside it: expected room for \d+ bytes more, got \d+ bytes in use of at most \d+; use a smaller batch/,
    );
  });

  it.each<[string, () => Tensor]>([
    ['of a compiled function', () => jit((x: Tensor) => add(matmul(x, x.transpose()), 1))(ones([50_000, 2]))],
    ['for scratch beyond all addresses', () => sum(sort(ones([60_000, 60_000])))],
    ['for a terabyte', () => add(ones([2 ** 20, 2 ** 20]), 1)],
  ])('%s leaves the process usable', (_name, compute) => {
    expect(refusal(() => compute().dataSync()).message).toContain(' bytes) and the values beside it');
    expect(add(tensor([1, 2]), 1).arraySync()).toEqual([2, 3]);
  });
});

import { concat } from '../ops/shape/shape.ts';
import { sliceAxis } from '../ops/shape/slicing.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';

/**
 * Goes over the rows of a matrix in blocks of at most `size`: for what needs much memory a row. Blocks are given back at once,
 * since the garbage collector has no turn before the last.
 */
export function forRowBlocks(x: Tensor, size: number, visit: (rows: Tensor, start: number) => void): void {
  const count = at(x.shape, 0);
  if (count <= size) {
    visit(x, 0);
    return;
  }
  for (let start = 0; start < count; start += size) {
    const block = sliceAxis(x, 0, start, Math.min(size, count - start));
    visit(block, start);
    block.dispose();
  }
}

/** Applies a compiled function of rows in blocks of `size`, one after the other. */
export function mapRows(x: Tensor, size: number, f: (rows: Tensor) => Tensor): Tensor {
  const parts: Tensor[] = [];
  forRowBlocks(x, size, (rows) => {
    parts.push(f(rows));
  });
  return joinRows(parts);
}

/** Parts one below the other, which are given back. */
export function joinRows(parts: readonly Tensor[]): Tensor {
  if (parts.length === 1) return at(parts, 0);
  const whole = jit((all: readonly Tensor[]) => concat(all))(parts);
  for (const part of parts) part.dispose();
  return whole;
}

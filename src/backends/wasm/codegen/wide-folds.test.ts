import { describe, expect, it } from 'vitest';
import type { Node } from '../../../graph/node.ts';
import { cast, mul } from '../../../primitives/elementwise/arithmetic.ts';
import { input } from '../../../primitives/leaf.ts';
import { iota } from '../../../primitives/random.ts';
import { reduceMax, sum } from '../../../primitives/reduction/reduce.ts';
import { broadcastTo, transpose } from '../../../primitives/structure/views.ts';
import { hostArray } from '../../../tensor/tensor.ts';
import type { DType } from '../../../util/dtypes.ts';
import { at } from '../../../util/errors.ts';
import { type Shape, sizeOf } from '../../../util/shapes.ts';
import { evaluate } from '../../reference/reference.ts';
import { createWasmBackend } from '../backend.ts';

const backend = createWasmBackend({ threads: 1 });

/** Whole numbers, whose sums are exact. */
function expectReference(shape: Shape, dtype: DType, build: (x: Node) => Node): void {
  const x = input({ shape, dtype });
  const graph = { inputs: [x], outputs: [build(x)] };
  const data = hostArray(
    dtype,
    Array.from({ length: sizeOf(shape) }, (_, i) => (i * 37) % 101),
  );
  const expected = at(evaluate(graph, [Float64Array.from(data)]), 0);
  const [result] = backend.compile(graph).run([backend.upload(dtype, data)]);
  expect(result && [...backend.readSync(result)]).toEqual([...expected]);
}

describe('folds of what keeps its last axis', () => {
  for (const columns of [4, 8, 16, 20, 24, 48, 52]) {
    it(`sum ${columns} columns, each by itself`, () => {
      expectReference([5, columns], 'float32', (x) => sum(x, [0]));
      expectReference([3, 4, columns], 'int32', (x) => sum(x, [0, 1]));
      expectReference([2, 9, columns], 'float32', (x) => sum(x, [1]));
    });

    it(`know the place of each of ${columns} columns`, () => {
      expectReference([6, columns], 'float32', (x) =>
        sum(mul(x, broadcastTo(cast(iota(columns), 'float32'), x.shape)), [0]),
      );
    });

    it(`find ${columns} columns that are no neighbours, or bytes`, () => {
      expectReference([columns, 7], 'float32', (x) => sum(transpose(x, [1, 0]), [0]));
      expectReference([columns, 3, 7], 'float32', (x) => reduceMax(transpose(x, [1, 2, 0]), [0, 1]));
      expectReference([5, columns], 'uint8', (x) => sum(cast(x, 'float32'), [0]));
    });
  }
});

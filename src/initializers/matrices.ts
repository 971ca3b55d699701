import { eye } from '../ops/create.ts';
import { qr } from '../ops/linalg/decompositions.ts';
import { diagonal } from '../ops/linalg/diagonals.ts';
import { mul, where } from '../ops/math/arithmetic.ts';
import { less } from '../ops/math/compare.ts';
import { reshape, transpose } from '../ops/shape/shape.ts';
import { normal } from '../random/distributions.ts';
import { AntlerShapeError, at } from '../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../util/shapes.ts';
import { defineInitializer } from './initializer.ts';
import { floatOf, streamOf } from './random.ts';

/**
 * A random orthogonal matrix times `gain` (default 1): its rows or its columns, whichever are fewer, are orthonormal
 * (Saxe 2014). All axes but the last count as rows. As Keras 3. Default of recurrent kernels.
 */
export const orthogonal = defineInitializer<{ readonly gain: number; readonly seed: number | null }>({
  className: 'Orthogonal',
  defaults: { gain: 1, seed: null },
  sample: (config, shape, context) => {
    if (shape.length < 2) throw unfit('Orthogonal', 'at least two axes', shape);
    const [rows, columns] = [sizeOf(shape.slice(0, -1)), at(shape, -1)];
    const tall = [Math.max(rows, columns), Math.min(rows, columns)];
    const { q, r } = qr(normal(streamOf(config, context), tall, { dtype: floatOf(context) }));
    // without the signs of r the matrices are not spread evenly
    const spread = mul(q, where(less(diagonal(r), 0), -1, 1));
    return mul(reshape(rows < columns ? transpose(spread) : spread, shape), config.gain);
  },
});

/** The identity matrix times `gain` (default 1); for matrices only. */
export const identity = defineInitializer({
  className: 'Identity',
  defaults: { gain: 1 },
  sample: ({ gain }, shape, context) => {
    const [rows, columns] = shape;
    if (shape.length !== 2 || rows === undefined) throw unfit('Identity', 'two axes', shape);
    return mul(eye(rows, columns, floatOf(context)), gain);
  },
});

function unfit(where: string, expected: string, shape: Shape): AntlerShapeError {
  return new AntlerShapeError({ where, expected, got: formatShape(shape) });
}

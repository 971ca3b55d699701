import { add, div, maximum, minimum, mul, pow, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import { mean } from '../ops/reduce/reduce.ts';
import { expandDims } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `adafactor`. */
export interface AdafactorConfig extends OptimizerConfig {
  /** The mean square keeps 1 - t^beta2Decay of itself at step t. Default -0.8. */
  readonly beta2Decay: number;
  /** Added to squared gradients. Default 1e-30. */
  readonly epsilon1: number;
  /** The least root mean square that a variable counts with. Default 0.001. */
  readonly epsilon2: number;
  /** The greatest root mean square of an update, in units of the rate. Default 1. */
  readonly clipThreshold: number;
  /** Bounds the rate by 1 / sqrt(t), which Keras's formula does in any case. Default true. */
  readonly relativeStep: boolean;
}

const rootMeanSquare = (x: Tensor) => sqrt(mean(square(x)));

/**
 * Adam without momentum, and with the mean square of a matrix kept as that of its rows and columns (Shazeer
 * and Stern 2018); the rate is relative to the size of the variable. As Keras 3.
 */
export const adafactor = defineOptimizer<AdafactorConfig>({
  className: 'Adafactor',
  defaults: {
    learningRate: 0.001,
    beta2Decay: -0.8,
    epsilon1: 1e-30,
    epsilon2: 1e-3,
    clipThreshold: 1,
    relativeStep: true,
    ...OPTIMIZER_DEFAULTS,
  },
  slots(_config, { shape }) {
    const factored = shape.length >= 2;
    // Keras keeps scalars that nothing uses for variables that are not matrices
    const rows = factored ? shape.slice(0, -1) : [];
    const columns = factored ? [...shape.slice(0, -2), ...shape.slice(-1)] : [];
    return [[{ name: 'rows', shape: rows }, { name: 'columns', shape: columns }, 'velocity']];
  },
  prepare: ({ beta2Decay }, { learningRate, step }) => [
    minimum(learningRate, div(1, sqrt(step))),
    sub(1, pow(step, beta2Decay)),
  ],
  update({ config, gradient, value, slots, shared }) {
    const { epsilon1, epsilon2, clipThreshold } = config;
    const kept = meanSquares(slots, add(square(gradient), epsilon1), at(shared, 1));
    const u = div(gradient, sqrt(at(kept, 2)));
    const rate = mul(maximum(rootMeanSquare(value), epsilon2), at(shared, 0));
    const bounded = div(u, maximum(div(rootMeanSquare(u), clipThreshold), 1));
    return { value: sub(value, mul(bounded, rate)), slots: kept };
  },
});

/** Mean squares of rows, of columns, and of elements: the product of both, or their own for fewer than two axes. */
function meanSquares(slots: readonly Tensor[], squares: Tensor, keep: Tensor): Tensor[] {
  const [rows, columns, elements] = [at(slots, 0), at(slots, 1), at(slots, 2)];
  const next = (before: Tensor, value: Tensor) => add(mul(before, keep), mul(value, sub(1, keep)));
  if (squares.rank < 2) return [rows, columns, next(elements, squares)];
  const r = next(rows, mean(squares, -1));
  const c = next(columns, mean(squares, -2));
  const share = div(r, mean(r, { axis: -1, keepDims: true }));
  return [r, c, mul(expandDims(share, -1), expandDims(c, -2))];
}

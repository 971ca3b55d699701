import { matmul } from '../ops/linalg/linalg.ts';
import { add, div, mul, sub } from '../ops/math/arithmetic.ts';
import { norm } from '../ops/reduce/reduce.ts';
import { transpose } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import { adamUpdate, correctedRate } from './adam.ts';
import { defineOptimizer } from './definition.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `muon`. */
export interface MuonConfig extends OptimizerConfig {
  /** Decay of the mean of gradients, where Adam is used. Default 0.9. */
  readonly adamBeta1: number;
  /** Decay of the mean of squared gradients, where Adam is used. Default 0.999. */
  readonly adamBeta2: number;
  /** `weightDecay` where Adam is used; null for none. Default 0.004. */
  readonly adamWeightDecay: number | null;
  /** Added to the root in Adam's denominator. Default 1e-7. */
  readonly epsilon: number;
  /** Variables whose names contain one of these texts use Adam: give the layer of the outputs. Default []. */
  readonly excludeLayers: readonly string[];
  /** Variables with "embedding" in their names use Adam. Default true. */
  readonly excludeEmbeddings: boolean;
  /** Coefficients of the iteration's polynomial a x + b x^3 + c x^5. Defaults 3.4445, -4.775 and 2.0315. */
  readonly muonA: number;
  readonly muonB: number;
  readonly muonC: number;
  /** Adam's rate in units of `learningRate`. Default 1. */
  readonly adamLrRatio: number;
  /** Decay of the sum of gradients. Default 0.95. */
  readonly momentum: number;
  /** Iterations that make the step orthogonal. Default 5. */
  readonly nsSteps: number;
  /** Look ahead along the momentum (Nesterov 1983). Default true. */
  readonly nesterov: boolean;
  /** Root mean square of a step in units of the rate (Liu 2025); null leaves the step as it is. Default 0.2. */
  readonly rmsRate: number | null;
}

/** Whether a variable is no matrix, an embedding, or excluded. */
function usesAdam({ shape, name }: Variable, { excludeEmbeddings, excludeLayers }: MuonConfig): boolean {
  if (shape.length !== 2) return true;
  if (excludeEmbeddings && name.toLowerCase().includes('embedding')) return true;
  return excludeLayers.some((text) => name.includes(text));
}

/**
 * Momentum made orthogonal for matrices of hidden layers, so that all directions are learnt alike (Jordan
 * 2024), and Adam for all other variables. As Keras 3.
 */
export const muon = defineOptimizer<MuonConfig>({
  className: 'Muon',
  defaults: {
    learningRate: 0.001,
    adamBeta1: 0.9,
    adamBeta2: 0.999,
    adamWeightDecay: 0.004,
    epsilon: 1e-7,
    excludeLayers: [],
    excludeEmbeddings: true,
    muonA: 3.4445,
    muonB: -4.775,
    muonC: 2.0315,
    adamLrRatio: 1,
    momentum: 0.95,
    nsSteps: 5,
    nesterov: true,
    rmsRate: 0.2,
    ...OPTIMIZER_DEFAULTS,
    weightDecay: 0.004,
  },
  slots: (config, variable) => [usesAdam(variable, config) ? ['momentum', 'velocity'] : ['momentum']],
  decayOf: (config, variable) => (usesAdam(variable, config) ? config.adamWeightDecay : config.weightDecay),
  prepare: (config, { learningRate, step }) => [
    correctedRate(adamOptions(config), { learningRate: mul(learningRate, config.adamLrRatio), step }),
  ],
  update(context) {
    const { config, gradient, value, slots, learningRate } = context;
    if (slots.length === 2) return adamUpdate({ ...context, config: adamOptions(config) });
    const m = add(mul(at(slots, 0), config.momentum), gradient);
    const direction = orthogonal(config.nesterov ? add(gradient, mul(m, config.momentum)) : m, config);
    const scale = config.rmsRate === null ? 1 : Math.sqrt(Math.max(...value.shape)) * config.rmsRate;
    return { value: sub(value, mul(direction, mul(learningRate, scale))), slots: [m] };
  },
});

function adamOptions({ adamBeta1, adamBeta2, epsilon }: MuonConfig) {
  return { beta1: adamBeta1, beta2: adamBeta2, epsilon };
}

/** About U V^T of a matrix U S V^T: Newton-Schulz iterations bring singular values close to 1. */
function orthogonal(matrix: Tensor, { muonA: a, muonB: b, muonC: c, nsSteps }: MuonConfig): Tensor {
  const [rows = 0, columns = 0] = matrix.shape;
  const isTall = rows > columns;
  let x = isTall ? transpose(matrix) : matrix;
  x = div(x, add(norm(x), 1e-7));
  for (let i = 0; i < nsSteps; i++) {
    const square = matmul(x, transpose(x));
    const polynomial = add(mul(square, b), matmul(mul(square, c), square));
    x = add(mul(x, a), matmul(polynomial, x));
  }
  return isTall ? transpose(x) : x;
}

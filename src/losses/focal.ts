import { tensor } from '../ops/create.ts';
import { add, mul, neg, pow, sub } from '../ops/math/arithmetic.ts';
import { exp, sigmoid } from '../ops/math/math.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, at } from '../util/errors.ts';
import { type BinaryConfig, crossentropies } from './binary-crossentropy.ts';
import { logitsGiven, logProbabilities, type Predicted, smoothed } from './log-probabilities.ts';
import { defineLoss } from './loss.ts';
import { requireAtLeast, requireWithin } from './options.ts';

interface BinaryFocalConfig extends BinaryConfig {
  /** Weigh ones by alpha and zeros by 1 - alpha. Default false. */
  readonly applyClassBalancing: boolean;
  /** Default 0.25. */
  readonly alpha: number;
  /** How much less sure predictions count: the exponent of 1 - p. Default 2. */
  readonly gamma: number;
}

/**
 * Mean over `axis` of the binary cross-entropy times (1 - p)^gamma, p the probability of the label, so that what is
 * known already counts little (Lin 2017): [batch, ..., outputs] to [batch, ...]. Labels in [0, 1].
 */
export const binaryFocalCrossentropy = defineLoss<BinaryFocalConfig>({
  name: 'binaryFocalCrossentropy',
  labels: 'binary',
  defaults: {
    applyClassBalancing: false,
    alpha: 0.25,
    gamma: 2,
    fromLogits: false,
    labelSmoothing: 0,
    axis: -1,
  },
  check(config) {
    requireWithin(config.labelSmoothing, [0, 1], 'labelSmoothing', 'binaryFocalCrossentropy');
    requireAtLeast(config.gamma, 0, 'gamma', 'binaryFocalCrossentropy');
  },
  perExample(config, yTrue, predictions) {
    const { fromLogits, alpha, gamma } = config;
    const y = smoothed(yTrue, config.labelSmoothing, 2);
    const logits = logitsGiven(predictions, 'sigmoid', { fromLogits, where: 'binaryFocalCrossentropy' });
    const p = fromLogits ? sigmoid(predictions) : predictions;
    const ofLabel = (ones: Tensor | number, zeros: Tensor | number) =>
      add(mul(y, ones), mul(sub(1, y), zeros));
    const focal = mul(pow(sub(1, ofLabel(p, sub(1, p))), gamma), crossentropies(y, predictions, logits));
    return mean(config.applyClassBalancing ? mul(ofLabel(alpha, 1 - alpha), focal) : focal, config.axis);
  },
});

interface CategoricalFocalConfig extends Predicted {
  /** Weight of all classes, or of each. Default 0.25. */
  readonly alpha: number | readonly number[];
  /** How much less sure predictions count: the exponent of 1 - p. Default 2. */
  readonly gamma: number;
  /** Share of each label that is spread over all classes, in [0, 1]. Default 0. */
  readonly labelSmoothing: number;
}

/**
 * -sum over classes of alpha (1 - p)^gamma y log p (Lin 2017): labels and predictions [batch, ..., classes] to
 * [batch, ...]. Labels are one-hot, or probabilities.
 */
export const categoricalFocalCrossentropy = defineLoss<CategoricalFocalConfig>({
  name: 'categoricalFocalCrossentropy',
  labels: 'oneHot',
  defaults: { alpha: 0.25, gamma: 2, fromLogits: false, labelSmoothing: 0, axis: -1 },
  check(config) {
    requireWithin(config.labelSmoothing, [0, 1], 'labelSmoothing', 'categoricalFocalCrossentropy');
    requireAtLeast(config.gamma, 0, 'gamma', 'categoricalFocalCrossentropy');
  },
  perExample(config, yTrue, predictions) {
    const y = smoothed(yTrue, config.labelSmoothing, at(yTrue.shape, -1));
    const logP = logProbabilities(predictions, config, 'categoricalFocalCrossentropy');
    const modulation = mul(pow(sub(1, exp(logP)), config.gamma), weightsOf(config.alpha, predictions));
    return neg(sum(mul(modulation, mul(y, logP)), config.axis));
  },
});

/** Weights of the classes, which broadcast along the last axis as in Keras. */
function weightsOf(alpha: CategoricalFocalConfig['alpha'], { shape }: Tensor): Tensor | number {
  if (typeof alpha === 'number') return alpha;
  const classes = at(shape, -1);
  if (alpha.length === classes) return tensor([...alpha]);
  throw new AntlerShapeError({
    where: 'categoricalFocalCrossentropy, alpha',
    expected: `a weight for each of ${classes} classes`,
    got: `${alpha.length}`,
  });
}

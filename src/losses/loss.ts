import { div, mul } from '../ops/arithmetic.ts';
import { sum } from '../ops/reduce.ts';
import { reshape } from '../ops/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';

/**
 * What the labels of a loss are: `classes`, one integer an example; `oneHot`, one vector over the classes;
 * `binary`, zeros and ones of the shape of the prediction; `values`, numbers of that shape.
 */
export type LabelKind = 'classes' | 'oneHot' | 'binary' | 'values';

const REDUCTIONS = ['sumOverBatchSize', 'sum', 'none'] as const;

/** How the losses of the examples become one: their mean (default), their sum, or not at all. */
export type Reduction = (typeof REDUCTIONS)[number];

/** How far predictions are from labels. */
export interface Loss {
  /** Name in logs and messages, e.g. `meanSquaredError`. */
  readonly name: string;
  readonly labels: LabelKind;
  readonly config: object;
  /** Loss of each example: labels and predictions [batch, ...] to [batch, ...] without the last axis. */
  perExample(labels: Tensor, predictions: Tensor): Tensor;
  /**
   * The reduced loss, a scalar. As Keras 3, weights multiply and the mean still divides by the number of
   * examples.
   * @param weights of the examples, [batch]
   */
  apply(labels: Tensor, predictions: Tensor, weights?: Tensor): Tensor;
}

interface LossDefinition<Config extends object> {
  readonly name: string;
  readonly labels: LabelKind;
  readonly defaults: Config;
  perExample(config: Config, labels: Tensor, predictions: Tensor): Tensor;
}

type LossOptions<Config> = Partial<Config> & { readonly reduction?: Reduction };

/** Makes the factory of a loss from its formula. */
export function defineLoss<Config extends object>(
  definition: LossDefinition<Config>,
): (options?: LossOptions<Config>) => Loss {
  const { name, labels, defaults } = definition;
  return (options = {}) => {
    requireKnownOptions(options, [...Object.keys(defaults), 'reduction'], name);
    const { reduction = 'sumOverBatchSize' } = options;
    if (!REDUCTIONS.includes(reduction)) {
      throw unknownName({ where: name, kind: 'a reduction', name: String(reduction), known: REDUCTIONS });
    }
    const config: Config = { ...defaults, ...options };
    const perExample = (yTrue: Tensor, yPred: Tensor) => definition.perExample(config, yTrue, yPred);
    return {
      name,
      labels,
      config: { ...config, reduction },
      perExample,
      apply: (yTrue, yPred, weights) => reduce(perExample(yTrue, yPred), reduction, weights, name),
    };
  };
}

function reduce(values: Tensor, reduction: Reduction, weights: Tensor | undefined, where: string): Tensor {
  const weighted = weights ? mul(values, alongBatch(weights, values, where)) : values;
  if (reduction === 'none') return weighted;
  const total = sum(weighted);
  return reduction === 'sum' ? total : div(total, values.size);
}

/** Weights [batch] shaped to broadcast over [batch, ...]. */
function alongBatch(weights: Tensor, values: Tensor, where: string): Tensor {
  const [batch = 1] = values.shape;
  if (!sameShape(weights.shape, [batch])) {
    throw new AntlerShapeError({
      where: `${where}, sample weights`,
      expected: `one weight an example, ${formatShape([batch])}`,
      got: formatShape(weights.shape),
    });
  }
  return reshape(weights, [batch, ...values.shape.slice(1).map(() => 1)]);
}

import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';
import { alignFor } from './align.ts';
import type { LabelKind } from './label-kind.ts';
import { type Counted, REDUCTIONS, type Reduction, reduceLosses } from './reduction.ts';

export type { LabelKind, Reduction };

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
   * @param mask which losses count, of leading axes of the loss of each example
   */
  apply(labels: Tensor, predictions: Tensor, weights?: Tensor, mask?: Tensor): Tensor;
}

interface LossDefinition<Config extends object> {
  readonly name: string;
  readonly labels: LabelKind;
  readonly defaults: Config;
  /** @throws AntlerValueError for options outside their range */
  check?(config: Config): void;
  /** @param labels in the shape that their kind asks for, in the dtype of the prediction; `classes` as int32 */
  perExample(config: Config, labels: Tensor, predictions: Tensor): Tensor;
  /** Which of the losses count, as bool, where some do not. */
  mask?(config: Config, labels: Tensor, losses: Tensor): Tensor | undefined;
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
    definition.check?.(config);
    return {
      name,
      labels,
      config: { ...config, reduction },
      perExample: (yTrue, yPred) =>
        definition.perExample(config, alignFor(labels, yTrue, yPred, name), yPred),
      apply(yTrue, yPred, weights, mask) {
        const aligned = alignFor(labels, yTrue, yPred, name);
        const losses = definition.perExample(config, aligned, yPred);
        const counted: Counted = { weights, masks: [mask, definition.mask?.(config, aligned, losses)] };
        return reduceLosses(losses, reduction, counted, name);
      },
    };
  };
}

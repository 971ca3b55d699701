import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { Callback, CallbackState, TrainedModel } from './callback.ts';

/** Options of `swapEMAWeights`. */
export interface SwapEMAWeightsOptions {
  /** Have averages in the model after every epoch too, for callbacks that save it. Default false. */
  readonly swapOnEpoch?: boolean;
}

/**
 * Evaluates and predicts with the moving averages of the weights, and trains on with the weights themselves. The
 * optimizer must have the option `useEma`. Belongs before callbacks that save the model. As Keras 3.
 */
export function swapEMAWeights(options: SwapEMAWeightsOptions = {}): Callback {
  requireKnownOptions(options, ['swapOnEpoch'], 'swapEMAWeights');
  return new SwapEMAWeights(options);
}

interface OfModel {
  readonly model: TrainedModel;
}

class SwapEMAWeights implements Callback {
  readonly name = 'swapEMAWeights';
  readonly #swapOnEpoch: boolean;
  /** The weights that are trained, while the model has their averages. */
  #trained: readonly Tensor[] | undefined;

  constructor({ swapOnEpoch = false }: SwapEMAWeightsOptions) {
    this.#swapOnEpoch = swapOnEpoch;
  }

  onTrainBegin({ model }: OfModel): void {
    requireAverages(model);
    this.#trained = undefined;
  }

  onEpochBegin(_epoch: number, context: OfModel): void {
    this.#takeBack(context);
  }

  onEpochEnd(_epoch: number, _logs: unknown, context: OfModel): void {
    if (this.#swapOnEpoch) this.#swap(context);
  }

  onTestBegin(context: OfModel): void {
    this.#swap(context);
  }

  onTestEnd(_logs: unknown, context: OfModel): void {
    this.#takeBack(context);
  }

  onPredictBegin(context: OfModel): void {
    this.#swap(context);
  }

  onPredictEnd(context: OfModel): void {
    this.#takeBack(context);
  }

  #swap({ model }: OfModel): void {
    if (this.#trained) return;
    requireAverages(model);
    const { trainableWeights, optimizer } = model;
    this.#trained = trainableWeights.map((weight) => weight.read());
    for (const weight of trainableWeights) {
      const average = optimizer.averageOf(weight);
      if (average) weight.assign(average.read());
    }
  }

  #takeBack({ model }: OfModel): void {
    const trained = this.#trained;
    if (!trained) return;
    this.#trained = undefined;
    model.trainableWeights.forEach((weight, i) => {
      weight.assign(at(trained, i));
    });
  }

  saveState(): CallbackState {
    return { values: {}, ...(this.#trained && { tensors: this.#trained }) };
  }

  restoreState({ tensors }: CallbackState): void {
    this.#trained = tensors;
  }
}

function requireAverages({ optimizer }: TrainedModel): void {
  if (optimizer.getConfig().useEma) return;
  throw new AntlerValueError({
    where: 'swapEMAWeights',
    expected: 'an optimizer that keeps averages of the weights',
    got: `${optimizer.className} without them`,
    fix: 'give the optimizer useEma: true',
  });
}

import type { Callback, Logs, TrainContext } from '../../src/callbacks/callback.ts';
import { tensor } from '../../src/ops/create.ts';
import { sgd } from '../../src/optimizers/sgd.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

/** What a training without a model came to. */
export interface ReportedTraining {
  readonly epochs: number;
  /** The number of the epoch whose weight is in the model at the end. */
  readonly weight: number;
  /** The learning rate in every epoch. */
  readonly rates: readonly number[];
  /** Figures of every epoch, with those that the callback added. */
  readonly logs: readonly Logs[];
  /** Paths that were saved. */
  readonly saved: readonly string[];
}

/** A training that reports given figures, with one batch an epoch, and whose weight is the number of the epoch. */
export async function train(callback: Callback, logs: readonly Logs[]): Promise<ReportedTraining> {
  let weight = 0;
  let stopped = false;
  const saved: string[] = [];
  const save = async (path: string): Promise<void> => void saved.push(path);
  const optimizer = sgd({ learningRate: 1 });
  const context: TrainContext = {
    model: {
      optimizer,
      weights: [],
      trainableWeights: [],
      getWeights: () => [tensor([weight])],
      setWeights: ([first]: readonly Tensor[]) => {
        weight = first?.dataSync()[0] ?? Number.NaN;
      },
      save,
      saveWeights: (path) => save(`weights ${path}`),
    },
    epochs: logs.length,
    stepsPerEpoch: 1,
    examples: 1,
    batchSize: 1,
    stop: () => {
      stopped = true;
    },
    resumeFrom: () => {},
    saveTo: save,
  };
  await callback.onTrainBegin?.(context);
  const rates: number[] = [];
  const reported: Logs[] = [];
  for (const [epoch, log] of logs.entries()) {
    if (stopped) break;
    weight = epoch;
    await callback.onEpochBegin?.(epoch, context);
    rates.push(optimizer.learningRate);
    const batch = { loss: log.loss ?? 0, size: 1, figures: async () => log };
    await callback.onTrainBatchEnd?.(0, batch, context);
    const own = { ...log };
    await callback.onEpochEnd?.(epoch, own, context);
    reported.push(own);
  }
  await callback.onTrainEnd?.(context);
  return { epochs: reported.length, weight, rates, logs: reported, saved };
}

/** Epochs with these losses of the validation data. */
export function losses(...values: number[]): Logs[] {
  return values.map((valLoss) => ({ valLoss }));
}

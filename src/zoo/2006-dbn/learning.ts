import type { LabelledImages } from '../../data/labelled-images.ts';
import { scalar, tensor } from '../../ops/create.ts';
import { take } from '../../ops/index/take.ts';
import { concat } from '../../ops/shape/shape.ts';
import { pretrainStack, type RbmParameters, rbm } from '../../pretraining/index.ts';
import { foldIn, key as keyOf } from '../../random/keys.ts';
import { permutationOf } from '../../random/permutation.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import type { Lab, Progress } from '../study.ts';
import { type BeliefNetwork, CLASSES } from './belief-network.ts';
import { firstOf, labelRows, PIXELS, pixelRows } from './digits.ts';
import { upDownStep } from './up-down.ts';

const BATCH_SIZE = 100;

/** Of every machine. Hinton and Salakhutdinov 2006, supplement. */
const GREEDY = { batchSize: BATCH_SIZE, learningRate: 0.1, weightDecay: 0.0002 };

/** First epochs of a machine, in which momentum is low. */
const CAUTIOUS_EPOCHS = 5;

/** Learns the layers below the top greedily, without labels. */
export async function learnFeatures(
  digits: LabelledImages,
  features: readonly number[],
  epochs: number,
  { seed, signal }: Lab,
  onProgress: Progress,
): Promise<RbmParameters[]> {
  const sizes = [PIXELS, ...features];
  const machines = await pretrainStack({
    ...GREEDY,
    sizes,
    data: pixelRows(digits),
    epochs,
    seed,
    signal,
    onProgress,
  });
  await onProgress(1);
  return Promise.all(machines.map((machine) => machine.parameters()));
}

/** Learns the machine on top from the highest features together with the labels. */
export async function learnTop(
  features: Tensor,
  digits: LabelledImages,
  hidden: number,
  epochs: number,
  { seed, signal }: Lab,
  onProgress: Progress,
): Promise<RbmParameters> {
  const rows = concat([features, labelRows(digits)], 1);
  const machine = rbm({ visible: at(rows.shape, 1), hidden, visibleClasses: CLASSES, seed });
  const cautiousSteps = CAUTIOUS_EPOCHS * Math.ceil(digits.count / BATCH_SIZE);
  const momentum = (step: number) => (step < cautiousSteps ? 0.5 : 0.9);
  await machine.fit(rows, { ...GREEDY, momentum, reconstruction: 'mean', epochs, signal, onProgress });
  await onProgress(1);
  return machine.parameters();
}

/** How the whole network is tuned as a model of digits and labels. */
export interface UpDownSettings {
  readonly epochs: number;
  /** Of the first update; falls to 0 on a straight line. */
  readonly learningRate: number;
  /** Gibbs steps of the dreams in each update. */
  readonly steps: number;
}

/** Tunes the network by the up-down algorithm. */
export async function learnUpDown(
  network: BeliefNetwork,
  digits: LabelledImages,
  { epochs, learningRate, steps }: UpDownSettings,
  seed: number,
  progress: Progress,
): Promise<void> {
  const [pixels, labels] = [pixelRows(digits), labelRows(digits)];
  const dreams = firstDreams(network, firstOf(digits, Math.min(BATCH_SIZE, digits.count)));
  const update = jit((rows: Tensor, classes: Tensor, places: Tensor, key: Tensor, rate: Tensor) => {
    const context = { key, rate, steps, dreams };
    upDownStep(network, take(rows, places), take(classes, places), context);
    return {};
  });
  const perEpoch = Math.ceil(digits.count / BATCH_SIZE);
  const total = epochs * perEpoch;
  const root = keyOf(seed);
  let order: Int32Array = new Int32Array();
  for (let step = 0; step < total; step++) {
    const place = step % perEpoch;
    if (place === 0) order = permutationOf(digits.count, seed, step / perEpoch);
    const places = tensor(order.slice(place * BATCH_SIZE, (place + 1) * BATCH_SIZE));
    const rate = scalar(learningRate * (1 - step / total));
    update(pixels, labels, places, foldIn(root, step), rate);
    if (step % 10 === 0) await progress(step / total);
  }
}

/** Dreams that begin at digits and their labels. */
function firstDreams(network: BeliefNetwork, digits: LabelledImages): Variable {
  return new Variable(concat([network.features(pixelRows(digits)), labelRows(digits)], 1), {
    name: 'dreams',
  });
}

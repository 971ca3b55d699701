import { type DistortOptions, distort } from '../../data/distort.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import type { Sequential } from '../../models/sequential.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { classify, type NetworkPlan, trainNetwork } from './networks.ts';

/** How the second and the third network of a boosted trio get their images. */
export interface BoostingPlan {
  /** The first network's plan, which has seen the images as they are. */
  readonly network: NetworkPlan;
  /** Epochs of the two others, on fewer images. */
  readonly epochs: number;
  /** Makes as many new images as it takes. */
  readonly distortions: DistortOptions;
  /** Images that the second and the third network learn from. */
  readonly wanted: number;
  /** Passes of new distortions after which it makes do with what it has. */
  readonly maxPasses: number;
}

/** The published row: three LeNet-4. */
export const BOOSTED_LENET4 = {
  epochs: 8,
  distortions: { shiftPixels: 1.5, rotationDegrees: 10, scaling: 0.15, squeezing: 0.15, shear: 0.3 },
  wanted: 24_000,
  maxPasses: 8,
} as const satisfies Omit<BoostingPlan, 'network'>;

/** Whether a network gets an image to learn from; `answers` of the networks before it, in their order. */
type Filter = (label: number, answers: readonly number[]) => boolean;

/**
 * Boosting as Drucker, Schapire, Simard 1993: a second network learns from images of which the first gets one half
 * wrong, a third from images on which the two disagree. Distortions supply as many as it takes.
 * @param first trained on the images as they are
 * @returns the three networks, whose probabilities `classify` adds; fewer if there is nothing to learn from
 */
export async function boost(
  first: Sequential,
  plan: BoostingPlan,
  train: LabelledImages,
  seed: number,
  progress: Progress,
): Promise<readonly Sequential[]> {
  const stage =
    (from: number, share: number): Progress =>
    (done, note) =>
      progress(from + share * done, note);
  const { build, maxLearningRate, weightDecay } = plan.network;
  const network = { build, maxLearningRate, weightDecay, epochs: plan.epochs };
  const hard = await collect([first], halfWrong(), plan, train, seed, stage(0, 0.25));
  if (hard.count === 0) return [first];
  const second = await trainNetwork(network, hard, seed + 1, stage(0.25, 0.25));
  const disagree: Filter = (_label, [a, b]) => a !== b;
  const disputed = await collect([first, second], disagree, plan, train, seed + 1, stage(0.5, 0.25));
  if (disputed.count === 0) return [first, second];
  const third = await trainNetwork(network, disputed, seed + 2, stage(0.75, 0.25));
  return [first, second, third];
}

/** All that the first network gets wrong, and as many others. */
function halfWrong(): Filter {
  let surplus = 0;
  return (label, [answer]) => {
    const isWrong = answer !== label;
    if (!isWrong && surplus === 0) return false;
    surplus += isWrong ? 1 : -1;
    return true;
  };
}

/** Distorts the images anew in each pass, and keeps those that the filter takes. */
async function collect(
  networks: readonly Sequential[],
  filter: Filter,
  { distortions, wanted, maxPasses }: BoostingPlan,
  train: LabelledImages,
  seed: number,
  progress: Progress,
): Promise<LabelledImages> {
  const { imageShape, count } = train;
  const size = imageShape.reduce((product, extent) => product * extent, 1);
  const images = new Uint8Array(wanted * size);
  const labels = new Uint8Array(wanted);
  let found = 0;
  for (let epoch = 0; epoch < maxPasses && found < wanted; epoch++) {
    const shape = [count, ...imageShape];
    const { data } = distort({ data: train.images, shape }, { ...distortions, seed, epoch });
    const answers: Uint8Array[] = [];
    for (const network of networks) {
      answers.push(await classify([network], { ...train, images: data }));
      await progress(found / wanted);
    }
    for (let i = 0; i < count && found < wanted; i++) {
      const label = at(train.labels, i);
      const own = answers.map((classes) => at(classes, i));
      if (!filter(label, own)) continue;
      images.set(data.subarray(i * size, (i + 1) * size), found * size);
      labels[found++] = label;
    }
  }
  return {
    images: images.subarray(0, found * size),
    labels: labels.subarray(0, found),
    imageShape,
    count: found,
  };
}

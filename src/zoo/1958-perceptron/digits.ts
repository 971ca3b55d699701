import { type LinearDecision, multiclassPerceptron } from '../../classic/index.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { tensor } from '../../ops/index.ts';
import type { Progress } from '../study.ts';

export interface DigitSettings {
  readonly passes: number;
  /** Images to learn from, from the start. */
  readonly train: number;
  readonly test: number;
}

/** What ten linear outputs learned of MNIST. */
export type DigitResult = {
  /** Share of test images, with the average of all weights. */
  readonly averagedError: number;
  /** The same with the weights after the last image. */
  readonly lastError: number;
  /** Share of training images that were a mistake, for each pass. */
  readonly mistakeRates: number[];
  /** Averaged weights, [10, 784]. */
  readonly weights: Float32Array;
};

const CLASSES = 10;

/** Learns digits from pixels, 0 .. 255, in passes of a new order each. */
export async function learnDigits(
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  seed: number,
  settings: DigitSettings,
  progress: Progress,
): Promise<DigitResult> {
  const learner = multiclassPerceptron({ classes: CLASSES, maxPasses: settings.passes, shuffleSeed: seed });
  const known = firstRows(train, settings.train);
  const rates: number[] = [];
  await progress(0);
  await learner.fit(known.pixels, known.labels, {
    async onPass({ mistakesPerPass, passes }) {
      rates.push((mistakesPerPass.at(-1) ?? 0) / settings.train);
      await progress(passes / settings.passes, `mistakes ${((rates.at(-1) ?? 0) * 100).toFixed(1)} %`);
    },
  });
  const unseen = firstRows(test, settings.test);
  return {
    averagedError: await errorOf(learner.averaged, unseen),
    lastError: await errorOf(learner.last, unseen),
    mistakeRates: rates,
    weights: Float32Array.from(await learner.averaged.weights.data()),
  };
}

interface Rows {
  readonly pixels: ReturnType<typeof tensor>;
  readonly labels: Uint8Array;
}

function firstRows({ images, labels, count }: LabelledImages, wanted: number): Rows {
  const rows = Math.min(count, wanted);
  const pixels = images.length / count;
  return {
    pixels: tensor(images.subarray(0, rows * pixels), [rows, pixels]),
    labels: labels.subarray(0, rows),
  };
}

async function errorOf(decision: LinearDecision, { pixels, labels }: Rows): Promise<number> {
  const answers = await decision.predict(pixels).data();
  return labels.filter((label, i) => label !== answers[i]).length / labels.length;
}

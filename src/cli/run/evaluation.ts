import type { LabelledImages } from '../../data/labelled-images.ts';
import type { Sequential } from '../../models/sequential.ts';
import { at, invariant } from '../../util/errors.ts';

/** A picture that the network reads wrongly. */
export interface Mistake {
  /** Place in the test set. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** What the network gave the class it chose, and the right one. */
  readonly confidence: number;
  readonly labelProbability: number;
  /** The image's bytes. */
  readonly pixels: Uint8Array;
}

/** A network measured on a labelled set. */
export interface Evaluation {
  readonly count: number;
  readonly accuracy: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** [label][predicted] counts. */
  readonly confusion: readonly (readonly number[])[];
  /** Surest first. */
  readonly mistakes: readonly Mistake[];
  /** [height, width, channels] of the mistakes' pixels. */
  readonly imageShape: readonly number[];
}

export interface Predictions {
  /** [count, classes], rows sum to 1. */
  readonly probabilities: ArrayLike<number>;
  /** [count] */
  readonly labels: ArrayLike<number>;
  /** [count, ...imageShape] */
  readonly images: Uint8Array;
  readonly imageShape: readonly number[];
  readonly classes: number;
}

/** The smallest probability whose logarithm float32 softmax can have produced. */
const SMALLEST = 2 ** -149;

/** Counts, averages and sorts what a network said about a labelled set. */
export function evaluatePredictions(predictions: Predictions): Evaluation {
  const { probabilities, labels, images, imageShape, classes } = predictions;
  const count = labels.length;
  invariant(probabilities.length === count * classes, 'a row of probabilities for each label');
  const pixels = images.length / count;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const mistakes: Mistake[] = [];
  let loss = 0;
  for (let index = 0; index < count; index++) {
    const label = at(labels, index);
    const row = Array.from({ length: classes }, (_, k) => at(probabilities, index * classes + k));
    const predicted = row.indexOf(Math.max(...row));
    const counts = at(confusion, label);
    counts[predicted] = at(counts, predicted) + 1;
    loss -= Math.log(Math.max(at(row, label), SMALLEST));
    if (predicted === label) continue;
    const bytes = images.slice(index * pixels, (index + 1) * pixels);
    const confidence = at(row, predicted);
    mistakes.push({ index, label, predicted, confidence, labelProbability: at(row, label), pixels: bytes });
  }
  mistakes.sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  return {
    count,
    accuracy: (count - mistakes.length) / count,
    loss: loss / count,
    confusion,
    mistakes,
    imageShape,
  };
}

const BATCH = 1000;

/** Measures a classifier whose outputs are class probabilities. */
export async function evaluateModel(
  model: Sequential,
  { images, labels, imageShape, count }: LabelledImages,
  classes: number,
): Promise<Evaluation> {
  const x = { data: images, shape: [count, ...imageShape] };
  const output = await model.predict(x, { batchSize: Math.min(BATCH, count) });
  return evaluatePredictions({ probabilities: await output.data(), labels, images, imageShape, classes });
}

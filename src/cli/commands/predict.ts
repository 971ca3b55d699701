import { z } from 'zod';
import { at, invariant } from '../../util/errors.ts';
import { defineCommand, EXIT } from '../command.ts';
import { flag, text } from '../fields.ts';
import { openRun } from '../run/open-run.ts';
import { readImages } from '../run/read-images.ts';
import { percent } from '../terminal/format.ts';
import type { Output } from '../terminal/output.ts';

/** Lines printed for an IDX file; all are in the JSON. */
const SHOWN = 20;
const BATCH = 1000;

interface Prediction {
  readonly class: number;
  readonly probability: number;
  /** Of every class. */
  readonly probabilities: readonly number[];
}

export const predict = defineCommand({
  name: 'predict',
  summary: 'Read the digit in a PNG, or all images of an IDX file, with the weights of a run',
  arguments: z.object({ file: text('FILE', 'a PNG, or an IDX file of images') }),
  options: z.object({
    run: text('FOLDER', 'run folder'),
    resize: flag('scale a PNG of another size'),
  }),
  examples: [
    'antler predict seven.png --run runs/short',
    'antler predict t10k-images-idx3-ubyte --run runs/short',
  ],
  async action({ file, run, resize }, { out }) {
    const { system, model } = await openRun(run);
    const [, height, width, channels] = model.requireBuiltShape('predict');
    invariant(height && width && channels === 1, 'a network that reads grey images of one size');
    const { count, pixels } = await readImages(file, { height, width }, resize ? 'resize' : 'exact');
    const images = { data: pixels, shape: [count, height, width, channels] };
    const output = await model.predict(images, { batchSize: Math.min(BATCH, count) });
    const predictions = toPredictions(await output.data(), count);
    showPredictions(predictions, out);
    out.result({ system: system.id, run, file, predictions });
    return EXIT.done;
  },
});

function toPredictions(probabilities: ArrayLike<number>, count: number): Prediction[] {
  const classes = probabilities.length / count;
  return Array.from({ length: count }, (_, index) => {
    const row = Array.from({ length: classes }, (_, k) => at(probabilities, index * classes + k));
    const probability = Math.max(...row);
    return { class: row.indexOf(probability), probability, probabilities: row };
  });
}

function showPredictions(predictions: readonly Prediction[], out: Output): void {
  if (predictions.length === 1) {
    showOne(at(predictions, 0), out);
    return;
  }
  const shown = predictions.slice(0, SHOWN);
  shown.forEach((prediction, index) => {
    out.line(
      `image ${index}: ${out.style('bold', `${prediction.class}`)}  ${percent(prediction.probability)}`,
    );
  });
  const more = predictions.length - shown.length;
  if (more > 0) out.line(`and ${more} more; --json gives all`);
}

/** The three likeliest classes. */
function showOne({ probabilities }: Prediction, out: Output): void {
  probabilities
    .map((probability, index) => ({ probability, index }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 3)
    .forEach(({ probability, index }, rank) => {
      const line = `${index}  ${percent(probability).padStart(8)}  ${'█'.repeat(Math.round(30 * probability))}`;
      out.line(out.style(rank === 0 ? 'bold' : 'dim', line));
    });
}

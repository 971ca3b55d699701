import { barChart, imageGrid, panels } from '../../plot/index.ts';
import type { Figure } from '../study.ts';
import type { Outcome } from './experiment.ts';
import { PUBLISHED } from './findings.ts';
import { CORRUPTION, FILTERS, type Start } from './runs.ts';
import { SIDE, type Variation } from './variations.ts';

const PIXELS = SIDE ** 2;

/** Images of a variation, [count, pixels]. */
export interface Examples {
  readonly variation: Variation;
  readonly images: Uint8Array;
}

/** Filters with and without noise, errors of all starts, and examples of the sets. */
export function sdaFigures(outcomes: readonly Outcome[], examples: readonly Examples[]): Figure[] {
  return [filterFigure(outcomes), errorFigure(outcomes), exampleFigure(examples)];
}

function filterFigure(outcomes: readonly Outcome[]): Figure {
  const charts = outcomes
    .filter(({ filters }) => filters.length > 0)
    .map(({ variation, start, filters }) =>
      imageGrid({
        title: `${variation}, ${start === 'noiseless' ? 'no noise' : `${CORRUPTION[variation] * 100} % hidden`}`,
        columns: FILTERS / 2,
        images: cut(filters),
        range: 'each',
        colours: 'diverging',
        size: 48,
      }),
    );
  return {
    title: 'What hiding pixels teaches',
    caption:
      'Weights of first-layer units after pretraining, those with the largest weights (blue and red are opposite signs). To fill ' +
      'in what is hidden, a unit must look at a stroke or a larger part of it; without noise it may look at single pixels.',
    svg: panels({ title: 'First-layer filters with and without masking noise', columns: 2, panels: charts }),
  };
}

function errorFigure(outcomes: readonly Outcome[]): Figure {
  const variations = [...new Set(outcomes.map(({ variation }) => variation))];
  const percent = (variation: Variation, start: Start) =>
    100 *
    (outcomes.find((one) => one.variation === variation && one.start === start)?.testError ?? Number.NaN);
  return {
    title: 'Where training begins',
    caption:
      'Errors of networks with the same three hidden layers on 50,000 test images, learnt from 10,000: begun with denoising ' +
      'autoencoders, with autoencoders that saw everything, and at random.',
    svg: barChart({
      title: 'Test error by start',
      unit: 'per cent of the test images',
      groups: variations.map((name) => ({
        name,
        values: [
          100 * PUBLISHED[name].denoising,
          percent(name, 'denoising'),
          percent(name, 'noiseless'),
          percent(name, 'random'),
        ],
      })),
      series: ['published SdA-3', 'denoising', 'no noise', 'no pretraining'],
      format: (value) => value.toFixed(2),
    }),
  };
}

function exampleFigure(examples: readonly Examples[]): Figure {
  return {
    title: 'Three sets of digits',
    caption: 'The same digits as they are, each turned by an angle of its own, and each before noise.',
    svg: imageGrid({
      title: 'basic, rot and bg-rand',
      columns: (examples[0]?.images.length ?? PIXELS) / PIXELS,
      images: examples.flatMap(({ images }) => cut(images)),
      range: [0, 255],
      size: 48,
    }),
  };
}

function cut(rows: Float32Array | Uint8Array) {
  return Array.from({ length: rows.length / PIXELS }, (_, i) => ({
    width: SIDE,
    height: SIDE,
    data: rows.subarray(i * PIXELS, (i + 1) * PIXELS),
  }));
}

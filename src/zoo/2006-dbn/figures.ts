import { barChart, type GridImage, imageGrid } from '../../plot/index.ts';
import type { LayerParameters } from '../start-from.ts';
import type { Figure } from '../study.ts';
import { CLASSES } from './belief-network.ts';
import { PIXELS } from './digits.ts';
import type { DbnMeasured } from './measured.ts';

const SIDE = 28;

/** Digits of each class and units of the first layer that are shown. */
const SHOWN = { perClass: 10, filters: 60 };

/** Drawn digits, first filters, errors. */
export function dbnFigures(measured: DbnMeasured & { readonly filters: LayerParameters }): Figure[] {
  return [
    {
      title: 'What the network has in mind',
      caption:
        'Digits drawn with the label held, a row for each label. The top machine began with what a picture of noise gives; the generative weights then turned its features into probabilities of ink.',
      svg: samples(measured.drawn),
    },
    {
      title: 'Filters of the first layer',
      caption:
        'Weights of some hidden units to the pixels, learned without labels: orange for ink that excites, blue for ink that inhibits.',
      svg: filters(measured.filters),
    },
    {
      title: 'What pretraining gives',
      caption:
        'Errors on test digits of the same logistic networks from learned and from random first weights, with all labels and with few.',
      svg: gain(measured),
    },
    {
      title: 'The network as a model of digits and labels',
      caption:
        'Errors on test digits if the label with the lowest free energy at the top is taken. The paper tuned for 300 epochs.',
      svg: generative(measured),
    },
  ];
}

function samples(drawn: Uint8Array): string {
  const perClass = drawn.length / PIXELS / CLASSES;
  const shown = Math.min(SHOWN.perClass, perClass);
  const images = Array.from({ length: CLASSES * shown }, (_, i): GridImage => {
    const place = Math.floor(i / shown) * perClass + (i % shown);
    return { width: SIDE, height: SIDE, data: drawn.subarray(place * PIXELS, (place + 1) * PIXELS) };
  });
  return imageGrid({
    title: 'Drawn for the labels 0 to 9',
    columns: shown,
    images,
    range: [0, 255],
    size: 48,
  });
}

function filters({ weights, bias }: LayerParameters): string {
  const units = bias.length;
  const images = Array.from({ length: Math.min(SHOWN.filters, units) }, (_, unit): GridImage => {
    const data = Float32Array.from({ length: PIXELS }, (_, pixel) => weights[pixel * units + unit] ?? 0);
    return { width: SIDE, height: SIDE, data };
  });
  return imageGrid({
    title: 'Weights to the pixels',
    columns: 10,
    images,
    colours: 'diverging',
    range: 'each',
    size: 56,
  });
}

const percent = (value: number) => `${(100 * value).toFixed(2)} %`;

function gain(measured: DbnMeasured): string {
  const { pretrainedError, randomError, fewLabels, fewPretrainedError, fewRandomError } = measured;
  return barChart({
    title: 'Test error',
    series: ['pretrained', 'random weights'],
    groups: [
      { name: 'all labels', values: [pretrainedError, randomError] },
      { name: `${fewLabels} labels`, values: [fewPretrainedError, fewRandomError] },
    ],
    format: percent,
  });
}

function generative({ greedyError, upDownError }: DbnMeasured): string {
  return barChart({
    title: 'Test error by free energy',
    series: ['measured', 'published'],
    groups: [
      { name: 'greedy', values: [greedyError, Number.NaN] },
      { name: 'after up-down', values: [upDownError, 0.0125] },
    ],
    format: percent,
  });
}

import { barChart, imageGrid, lineChart } from '../../plot/index.ts';
import type { Figure } from '../study.ts';
import type { Digits } from './digits.ts';
import { type Measured, publishedError } from './findings.ts';

/** Reconstructions, errors beside the published ones, and learning. */
export function autoencoderFigures(measured: Measured, shown: Digits): Figure[] {
  return [
    reconstructionFigure(measured, shown),
    errorFigure(measured, shown.shape[1]),
    learningFigure(measured),
  ];
}

function reconstructionFigure({ deep, logistic, components }: Measured, shown: Digits): Figure {
  const rows = [
    { name: 'digit', data: shown.data },
    { name: 'deep', data: deep.pictures },
    { name: 'logistic', data: logistic.pictures },
    { name: 'PCA', data: components.pictures },
  ];
  const [count, pixels] = shown.shape;
  const side = Math.sqrt(pixels);
  const images = rows.flatMap(({ name, data }) =>
    Array.from({ length: count }, (_, i) => ({
      width: side,
      height: side,
      data: data.subarray(i * pixels, (i + 1) * pixels),
      label: name,
    })),
  );
  return {
    title: 'Digits through 30 numbers',
    caption:
      'Test digits, and what comes back from codes of 30 numbers: of the deep autoencoder, of logistic PCA, and of PCA, ' +
      'whose pictures are blurred and ring about the strokes.',
    svg: imageGrid({
      title: 'Digits and their reconstructions from 30 numbers',
      columns: count,
      images,
      range: [0, 1],
      size: 56,
    }),
  };
}

function errorFigure(measured: Measured, pixels: number): Figure {
  const published = (part: 'deep' | 'logistic' | 'components') => publishedError(part, pixels) ?? Number.NaN;
  const groups = [
    { name: 'deep autoencoder', values: [published('deep'), measured.deep.squaredError] },
    { name: 'logistic PCA', values: [published('logistic'), measured.logistic.squaredError] },
    { name: 'one layer of tanh units', values: [Number.NaN, measured.simple.squaredError] },
    { name: 'PCA', values: [published('components'), measured.components.squaredError] },
    { name: 'linear autoencoder', values: [Number.NaN, measured.linear.squaredError] },
    { name: 'deep, no start', values: [Number.NaN, measured.control.squaredError] },
  ];
  return {
    title: 'Error of reconstruction',
    caption:
      'Squared error of a test digit, summed over its pixels. A linear autoencoder comes to PCA, as it must; depth helps ' +
      'only a network that was given a start.',
    svg: barChart({
      title: 'Squared error per test digit, code of 30 numbers',
      unit: 'sum over the pixels, values in 0 to 1',
      groups,
      series: ['published', 'measured'],
      format: (value) => value.toFixed(2),
    }),
  };
}

function learningFigure({ deep, logistic, control }: Measured): Figure {
  const series = [
    { name: 'deep', history: deep.history },
    { name: 'logistic PCA', history: logistic.history },
    { name: 'deep, no start', history: control.history },
  ].map(({ name, history }) => ({ name, x: Array.from(history, (_, i) => i + 1), y: [...history] }));
  return {
    title: 'Learning',
    caption:
      'Squared error of training digits in each pass over the data. Begun as a stack of machines, the deep network is better ' +
      'than shallow ones after one pass; from random weights, gradient descent does not leave the mean picture.',
    svg: lineChart({
      title: 'Error while learning',
      x: { label: 'passes over the training digits' },
      y: { label: 'squared error per digit', scale: 'log' },
      series,
    }),
  };
}

import { barChart, type GridImage, imageGrid, lineChart, panels } from '../../plot/index.ts';
import type { Figure } from '../study.ts';
import type { Fields } from './fields.ts';
import { type CellMeasurements, SHAPE } from './model-cells.ts';
import { orientationShares } from './statistics.ts';

/** Learned fields with the name of how they came about. */
export interface NamedFields {
  readonly name: string;
  readonly fields: Fields;
}

const DEGREES = 180 / Math.PI;

/** Responses of the model's cells: over a cycle, by orientation, by frequency. */
export function tuningFigure({ cycle, byOrientation, byFrequency }: CellMeasurements): Figure {
  const size = { width: 480, height: 300 };
  const response = { label: 'response', range: [0, 1.1] } as const;
  const share = cycle.simple.map((_, i) => i / cycle.simple.length);
  const degrees = byOrientation.angles.map((angle) => angle * DEGREES);
  const title = 'Tuning of a simple and a complex cell';
  const pictures = [
    lineChart({
      ...{
        ...size,
        title: 'A grating drifts by',
        y: response,
        x: { label: 'share of a cycle', range: [0, 1] },
      },
      series: [
        { name: 'simple', x: share, y: cycle.simple },
        { name: 'complex', x: share, y: cycle.complex },
      ],
    }),
    lineChart({
      ...{ ...size, title: 'Orientation', y: response, x: { label: 'degrees', range: [0, 180] } },
      series: [
        { name: 'complex cell', x: degrees, y: byOrientation.complex, style: 'points' },
        { name: 'Fourier transform of its Gaussian', x: degrees, y: byOrientation.theory },
      ],
    }),
    lineChart({
      ...{
        ...size,
        title: 'Spatial frequency',
        y: response,
        x: { label: 'cycles a pixel', range: [0, 0.3] },
      },
      series: [
        { name: 'complex cell', x: byFrequency.frequencies, y: byFrequency.complex, style: 'points' },
        { name: 'Fourier transform of its Gaussian', x: byFrequency.frequencies, y: byFrequency.theory },
      ],
    }),
  ];
  return {
    title,
    caption:
      'The simple cell answers half of each cycle, the complex cell all of it. Both like ' +
      `${Math.round(SHAPE.orientation * DEGREES)} degrees and ${1 / SHAPE.frequency} pixels a cycle, and answer the less the further a ` +
      'grating is from that: as exp(-2 pi^2 sigma^2 |f - f0|^2) says.',
    svg: panels({ title, columns: 3, panels: pictures }),
  };
}

/** Fields that a mosaic shows. */
const SHOWN = 60;

/** The fields themselves: one mosaic for each way they came about. */
export function mosaicFigure(data: string, kinds: readonly NamedFields[]): Figure {
  const title = `Receptive fields from ${data}`;
  const mosaics = kinds.map(({ name, fields }) =>
    imageGrid({
      title: name,
      columns: 10,
      images: imagesOf(fields),
      range: 'each',
      colours: 'grey',
      size: 34,
    }),
  );
  return {
    title,
    caption:
      'The first 60 of each kind; middle grey is 0. Sparse and independent codes give small bars ' +
      'and edges of one place, one orientation and one size; principal components are waves over the whole patch.',
    svg: panels({ title, columns: 2, panels: mosaics }),
  };
}

/** Each over its own largest size, so that middle grey is 0. */
function imagesOf({ values, side }: Fields): GridImage[] {
  const count = Math.min(SHOWN, values.length / side ** 2);
  return Array.from({ length: count }, (_, i) => {
    const field = values.subarray(i * side ** 2, (i + 1) * side ** 2);
    const largest = field.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { width: side, height: side, data: field.map((value) => value / largest) };
  });
}

/** How many fields of each kind are so near to a Gabor, and which way they lie. */
export function scoreFigure(data: string, kinds: readonly NamedFields[], least: number): Figure {
  const title = `Nearness to Gabors, ${data}`;
  const thresholds = Array.from({ length: 101 }, (_, i) => i / 100);
  const share = ({ r2 }: Fields, from: number) =>
    r2.reduce((count, value) => count + Number(value >= from), 0) / r2.length;
  const curves = lineChart({
    title: 'Fields whose fit explains at least so much',
    x: { label: 'R² of the best Gabor', range: [0, 1] },
    y: { label: 'share of fields', range: [0, 1.02] },
    series: kinds.map(({ name, fields }) => ({
      name,
      x: thresholds,
      y: thresholds.map((from) => share(fields, from)),
    })),
    height: 380,
  });
  const bars = barChart({
    title: 'Orientations of the independent components',
    unit: '% of fields',
    series: ['share'],
    groups: orientationShares(kinds[0]?.fields.orientations ?? []).map((part, i) => ({
      name: `${(i * 22.5).toFixed(1)}°`,
      values: [100 * part],
    })),
  });
  return {
    title,
    caption:
      `A field counts as a Gabor from R² = ${least} on: that tells what is learned from principal components, ` +
      'most of which pass 0.5, and from noise, which an eight-number fit never explains.',
    svg: panels({ title, columns: 2, panels: [curves, bars] }),
  };
}

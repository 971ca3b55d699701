import { barChart, imageGrid, lineChart, panels } from '../../plot/index.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { DIGIT_PATTERNS, FIELD } from './digit-patterns.ts';
import type { FiveDigits } from './five-digits.ts';
import { type LayerPicture, planeOf } from './layer-pictures.ts';
import { PLANES } from './self-organised.ts';
import { DEFORMATIONS } from './tolerance.ts';

const CAPTIONS: Readonly<Record<string, string>> = {
  U0: 'U₀, the digit',
  UG: 'U_G, contrast',
  US1: 'U_S1, edges of 16 orientations',
  UC1: 'U_C1, the same wherever nearby',
  US2: 'U_S2, features it found',
  UC2: 'U_C2',
  US3: 'U_S3, features of features',
  UC3: 'U_C3',
  US4: 'U_S4, digits it saw: 3 × 3 places each',
  UC4: 'U_C4, ten cells',
};
/** U_S4 has hundreds of planes: those that respond most are shown. */
const MOST_PLANES = 96;
const COLUMNS = 24;

/** All planes for one digit. */
export function drawPlanes(layers: readonly LayerPicture[], digit: number): Figure {
  const title = `Every plane, for a ${digit}`;
  const grids = layers.map((layer) => {
    const [height, width, planes] = layer.shape as [number, number, number];
    const shown = Array.from({ length: planes }, (_, plane) => planeOf(layer, plane));
    const isLast = layer.name === 'UC4';
    const strongest = isLast ? shown : byStrength(shown).slice(0, MOST_PLANES);
    const kept = layer.name === 'US4' ? strongest : shown;
    return imageGrid({
      title: CAPTIONS[layer.name] ?? layer.name,
      columns: COLUMNS,
      images: kept.map((data, plane) => ({ width, height, data, ...(isLast ? { label: `${plane}` } : {}) })),
      size: layer.name === 'U0' || layer.name === 'UG' ? 84 : 30,
    });
  });
  return {
    title,
    caption:
      'From the image at the top to the ten cells at the bottom: S-cells are sparse and exact, C-cells blur what S-cells found, and each stage sees more of the digit. Of U_S4 the planes that respond most are shown, strongest first.',
    svg: panels({ title, columns: 1, panels: grids }),
  };
}

function byStrength(planes: readonly Float32Array[]): Float32Array[] {
  return [...planes].sort((a, b) => Math.max(...b) - Math.max(...a));
}

/** A digit as it was shown, and what the network took it for. */
export type GalleryDigit = { readonly image: Uint8Array; readonly label: number; readonly answer: number };

/** The gallery: digits that were deformed, and the answers. */
export function drawGallery(digits: readonly GalleryDigit[]): Figure {
  const title = 'Deformed digits and what they were taken for';
  return {
    title,
    caption: `Test digits as they are, shifted, turned, sheared, scaled and bent, a row of each. Below each the class of the strongest cell of U_C4${digits.some(({ label, answer }) => label !== answer) ? '; an answer in brackets is wrong' : ''}.`,
    svg: imageGrid({
      title,
      columns: 10,
      size: 56,
      images: digits.map(({ image, label, answer }) => ({
        width: 28,
        height: 28,
        data: image,
        label: label === answer ? `${answer}` : `(${answer < 0 ? 'none' : answer})`,
      })),
    }),
  };
}

/** Errors of one classifier as digits are moved away from the middle. */
export type ShiftCurves = {
  readonly horizontal: number[];
  readonly vertical: number[];
};

/** Accuracy against shift. */
export function drawShifts(pixels: readonly number[], network: ShiftCurves, nearest: ShiftCurves): Figure {
  const title = 'Accuracy on digits that were moved';
  const curve = (name: string, errors: readonly number[], style: 'line' | 'dashed') => ({
    name,
    style,
    x: pixels,
    y: errors.map((error) => 100 * (1 - error)),
  });
  return {
    title,
    caption:
      'Neither saw a digit that was moved. The network’s features are found wherever they are and C-cells let them move, so that it hardly notices 2 pixels; the nearest neighbour among the same 3,000 digits compares pixel by pixel.',
    svg: lineChart({
      title,
      x: { label: 'moved by, pixels', ticks: pixels },
      y: { label: 'accuracy, %', range: [0, 100] },
      series: [
        curve('neocognitron, horizontal', network.horizontal, 'line'),
        curve('neocognitron, vertical', network.vertical, 'dashed'),
        curve('1-NN, horizontal', nearest.horizontal, 'line'),
        curve('1-NN, vertical', nearest.vertical, 'dashed'),
      ],
    }),
  };
}

/** Errors under deformation. */
export function drawDeformations(network: readonly number[], nearest: readonly number[]): Figure {
  const title = 'Error on digits that were deformed';
  return {
    title,
    caption: 'Test error when every digit is deformed by a random amount up to the one named, in percent.',
    svg: barChart({
      title,
      unit: '%',
      series: ['neocognitron', '1-NN'],
      groups: DEFORMATIONS.map(({ name }, i) => ({
        name,
        values: [100 * at(network, i), 100 * at(nearest, i)],
      })),
      format: (value) => value.toFixed(1),
    }),
  };
}

/** The five digits of 1980 and the cells that came to stand for them. */
export function drawFiveDigits({ responses, solved }: FiveDigits): Figure {
  const title = 'Five digits, nobody told it which is which';
  const patterns = imageGrid({
    title: 'What it was shown, at many places',
    columns: 5,
    size: 96,
    images: DIGIT_PATTERNS.map((data) => ({ width: FIELD, height: FIELD, data })),
  });
  const cells = imageGrid({
    title: 'The 24 cells of U_C3, a row a digit',
    columns: 1,
    size: 520,
    images: DIGIT_PATTERNS.map((_, digit) => ({
      width: PLANES,
      height: 1,
      data: responses.subarray(digit * PLANES, (digit + 1) * PLANES),
      label: `${digit}`,
    })),
  });
  return {
    title,
    caption: `The network of 1980. Each digit has a cell of its own in U_C3, the brightest of its row, which stays the strongest wherever the digit is moved by up to 2 pixels: so in ${solved.filter(Boolean).length} of ${solved.length} networks that began differently; the first is drawn.`,
    svg: panels({ title, columns: 1, panels: [patterns, cells] }),
  };
}

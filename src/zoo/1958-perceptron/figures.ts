import { imageGrid, lineChart, panels, planeChart } from '../../plot/index.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { type CapacityCurve, separableShare } from './capacity.ts';
import type { DigitResult } from './digits.ts';
import type { LineHistory } from './lines.ts';
import type { BoundTrials } from './novikoff.ts';

const LIMIT = 3;
const SHOWN_LINES = 6;

/** The line after the first mistakes and after the last one, among the points. */
export function drawLines(history: LineHistory): Figure {
  const { points, targets, lines } = history;
  const side = (sign: number, axis: number) =>
    points.flatMap((point, i) => (targets[i] === sign ? [at(point, axis)] : []));
  const shown = [...lines.keys()].filter((i) => i < SHOWN_LINES - 1 || i === lines.length - 1);
  const pictures = shown.map((index) =>
    planeChart({
      title: `After mistake ${index + 1}${index === lines.length - 1 ? ', the last' : ''}`,
      x: { label: 'x₁', range: [-LIMIT, LIMIT] },
      y: { label: 'x₂', range: [-LIMIT, LIMIT] },
      points: [
        { name: 'target −1', x: side(-1, 0), y: side(-1, 1) },
        { name: 'target 1', x: side(1, 0), y: side(1, 1) },
      ],
      paths: [{ name: 'w x + b = 0', ...ends(at(lines, index)) }],
      width: 320,
    }),
  );
  const title = `A line that learns from ${lines.length} mistakes`;
  return {
    title,
    caption:
      'Each mistake turns the line towards the point it was made on. After the last one both classes lie on their own sides, and nothing changes any more.',
    svg: panels({ title, columns: 3, panels: pictures }),
  };
}

/** Two points of the line b + w1 x1 + w2 x2 = 0, both outside the picture. */
function ends([b = 0, w1 = 0, w2 = 0]: readonly number[]): { x: number[]; y: number[] } {
  const square = w1 * w1 + w2 * w2;
  const reach = (4 * LIMIT) / Math.sqrt(square);
  return {
    x: [-1, 1].map((sign) => (-b * w1) / square - sign * reach * w2),
    y: [-1, 1].map((sign) => (-b * w2) / square + sign * reach * w1),
  };
}

/** Every set as a dot: how many mistakes it took, how many it may take. */
export function drawBounds({ bounds, mistakes }: BoundTrials): Figure {
  const ends = [Math.min(...mistakes, ...bounds), Math.max(...bounds)];
  return {
    title: 'Mistakes and the bound',
    caption:
      'Each dot is a separable set in 2 to 50 dimensions. No dot lies above the line: learning never makes more than (R/γ)² mistakes, and mostly far fewer.',
    svg: lineChart({
      title: 'Mistakes until a set is separated',
      x: { label: 'bound (R/γ)²', scale: 'log' },
      y: { label: 'mistakes', scale: 'log' },
      series: [
        { name: 'a random set', x: bounds, y: mistakes, style: 'points' },
        { name: 'the bound', x: ends, y: ends, style: 'dashed' },
      ],
    }),
  };
}

/** Cover's curve with what was measured. */
export function drawCapacity({ dimensions, points, shares, trials }: CapacityCurve): Figure {
  const counts = Array.from({ length: 4 * dimensions }, (_, i) => i + 1);
  return {
    title: 'Capacity of a perceptron',
    caption: `Random divisions of p points by a plane through the origin of ${dimensions} dimensions, ${trials} at each dot. Up to p = N all of them can be made, at p = 2N half of them, and soon after almost none.`,
    svg: lineChart({
      title: 'Which share of random divisions can be learned',
      x: { label: `points for each dimension, p / N (N = ${dimensions})` },
      y: { label: 'share that a plane makes', range: [0, 1] },
      series: [
        {
          name: 'Cover 1965',
          x: counts.map((count) => count / dimensions),
          y: counts.map((count) => separableShare(count, dimensions)),
        },
        {
          name: 'measured',
          x: points.map((count) => count / dimensions),
          y: shares,
          style: 'points',
        },
      ],
      levels: [{ value: 0.5, name: 'half' }],
    }),
  };
}

/** The averaged weights of the ten digits as images. */
export function drawDigits({ weights }: DigitResult): Figure {
  const pixels = weights.length / 10;
  const side = Math.sqrt(pixels);
  const images = Array.from({ length: 10 }, (_, digit) => ({
    width: side,
    height: side,
    data: weights.subarray(digit * pixels, (digit + 1) * pixels),
    label: `${digit}`,
  }));
  return {
    title: 'What ten perceptrons look for',
    caption:
      'Averaged weights of each digit. Ink on orange pixels speaks for the digit, ink on blue ones against it: the 0 forbids ink in its middle.',
    svg: imageGrid({ title: 'Averaged weights', columns: 5, images, colours: 'diverging', size: 112 }),
  };
}

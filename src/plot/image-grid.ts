import { AntlerValueError } from '../util/errors.ts';
import type { Range } from './axis.ts';
import { requireRange, requireSameLength, requireSome } from './checks.ts';
import { type Html, html } from './html.ts';
import { type Colours, colourRange, type Painting, paint } from './paint.ts';
import { pngUrl } from './png.ts';
import { FONT } from './style.ts';
import { PADDING, round, svgOf } from './svg.ts';
import { textWidth, wrapped } from './text.ts';

export interface GridImage extends Painting {
  /** Written below the image. */
  readonly label?: string;
}

export interface ImageGridOptions {
  readonly title: string;
  /** Images in a row. */
  readonly columns: number;
  readonly images: readonly GridImage[];
  /** Values of the first and the last colour; default those of all images together, `each` those of each alone. */
  readonly range?: Range | 'each';
  /** Default grey. */
  readonly colours?: Colours;
  /** Width of an image in pixels; default 64. */
  readonly size?: number;
}

const WHERE = 'plot.imageGrid';
const GAP = 8;
const LABEL_LINE = 15;
const LEAST_WIDTH = 240;

/**
 * Images in rows, as large as each other, from values of any range.
 * @returns a whole `<svg>`
 * @throws AntlerValueError without images, or if an image has more or fewer values than pixels
 */
export function imageGrid(options: ImageGridOptions): string {
  const { title, columns, images, range, colours = 'grey', size = 64 } = options;
  requireSome(WHERE, images.length, 'images');
  if (!Number.isInteger(columns) || columns < 1) {
    throw new AntlerValueError({ where: WHERE, expected: 'one column or more', got: `${columns}` });
  }
  if (range !== undefined && range !== 'each') requireRange(WHERE, range);
  for (const { width, height, data } of images) {
    requireSameLength(WHERE, ['pixels', 'values'], width * height, data.length);
  }
  const shared = range === undefined ? colourRange(allValues(images), colours) : range;
  const labels = images.map(({ label = '' }) => (label === '' ? [] : wrapped(label, size + GAP, FONT.tick)));
  const labelHeight = Math.max(...labels.map((lines) => lines.length)) * LABEL_LINE;
  const cellHeight =
    size * Math.max(...images.map(({ width, height }) => height / width)) + labelHeight + GAP;
  const count = Math.min(columns, images.length);
  const cellWidth = Math.max(size, ...labels.flat().map((line) => textWidth(line))) + GAP;
  return svgOf({
    title,
    width: Math.max(LEAST_WIDTH, 2 * PADDING + count * cellWidth - GAP),
    height: Math.ceil(images.length / columns) * cellHeight - GAP + PADDING,
    draw: (top) =>
      html`${images.map((image, i) => {
        const x = round(PADDING + (i % columns) * cellWidth + (cellWidth - GAP - size) / 2);
        const y = round(top + Math.floor(i / columns) * cellHeight);
        const ends = shared === 'each' ? colourRange(Array.from(image.data), colours) : shared;
        return drawCell(image, {
          x,
          y,
          size,
          lines: labels[i] ?? [],
          url: pngUrl(paint(image, colours, ends)),
        });
      })}`,
  });
}

function* allValues(images: readonly GridImage[]): Generator<number> {
  for (const { data } of images) yield* Array.from(data);
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly lines: readonly string[];
  readonly url: string;
}

function drawCell({ width, height }: GridImage, { x, y, size, lines, url }: Cell): Html {
  const high = round((size * height) / width);
  return html`<image x="${x}" y="${y}" width="${size}" height="${high}" preserveAspectRatio="none" href="${url}"/>
${lines.map((line, i) => html`<text class="tick" x="${round(x + size / 2)}" y="${round(y + high + 13 + i * LABEL_LINE)}" text-anchor="middle">${line}</text>`)}
`;
}

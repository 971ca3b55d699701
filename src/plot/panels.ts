import { AntlerValueError } from '../util/errors.ts';
import { requireSome } from './checks.ts';
import { html, trusted } from './html.ts';
import { STYLE } from './style.ts';
import { PADDING, svgOf } from './svg.ts';

export interface PanelsOptions {
  readonly title: string;
  /** Pictures in a row. */
  readonly columns: number;
  /** Pictures of this room. */
  readonly panels: readonly string[];
}

const WHERE = 'plot.panels';
const PICTURE = /^<svg [^>]*class="plot" width="(\d+)" height="(\d+)"[^>]*>([\s\S]*)<\/svg>\s*$/;

/**
 * Several pictures as one, in rows from the top left.
 * @returns a whole `<svg>`
 * @throws AntlerValueError without pictures, or for one that is not of this room
 */
export function panels({ title, columns, panels: pictures }: PanelsOptions): string {
  requireSome(WHERE, pictures.length, 'panels');
  if (!Number.isInteger(columns) || columns < 1) {
    throw new AntlerValueError({ where: WHERE, expected: 'one column or more', got: `${columns}` });
  }
  const parts = pictures.map(partOf);
  const inRow = (index: number) => Math.floor(index / columns);
  const widths = sizes(Math.min(columns, parts.length), parts, (i) => i % columns, 'width');
  const heights = sizes(inRow(parts.length - 1) + 1, parts, inRow, 'height');
  const before = (lengths: readonly number[], index: number) =>
    lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
  return svgOf({
    title,
    width: Math.max(before(widths, widths.length), 240 + 2 * PADDING),
    height: before(heights, heights.length),
    draw: (top) =>
      html`${parts.map(
        ({ content }, i) =>
          html`<g transform="translate(${before(widths, i % columns)} ${top + before(heights, inRow(i))})">${trusted(content)}</g>
`,
      )}`,
  });
}

interface Part {
  readonly width: number;
  readonly height: number;
  readonly content: string;
}

/** What a picture holds, without the style that the whole has once. */
function partOf(picture: string, index: number): Part {
  const [, width, height, content] = PICTURE.exec(picture) ?? [];
  if (content !== undefined) {
    return { width: Number(width), height: Number(height), content: content.replaceAll(STYLE.text, '') };
  }
  throw new AntlerValueError({
    where: `${WHERE}, panel ${index}`,
    expected: 'a picture of plot',
    got: JSON.stringify(picture.slice(0, 40)),
    fix: 'use lineChart, barChart, imageGrid or planeChart',
  });
}

/** The largest size in each row, or in each column. */
function sizes(
  count: number,
  parts: readonly Part[],
  groupOf: (index: number) => number,
  size: 'width' | 'height',
) {
  const largest = new Array<number>(count).fill(0);
  parts.forEach((part, i) => {
    largest[groupOf(i)] = Math.max(largest[groupOf(i)] ?? 0, part[size]);
  });
  return largest;
}

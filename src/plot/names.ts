import { type Html, html } from './html.ts';
import type { Area } from './series.ts';
import { colourClass, FONT } from './style.ts';
import { PADDING, round } from './svg.ts';
import { textWidth } from './text.ts';

/** How a series looks in a legend. */
export type Mark = 'line' | 'dashed' | 'dots' | 'bar';

const NAME_HEIGHT = 17;
const ROW_HEIGHT = 22;
const MARK_WIDTH = 22;

/** Neighbours that touch: as many as `count`, a gap apart, around their middle. */
interface Cluster {
  middle: number;
  count: number;
}

/** Moves heights apart to both sides until none are nearer than the gap and all lie between top and bottom. */
export function spread(heights: readonly number[], top: number, bottom: number, gap: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  const clusters: Cluster[] = [];
  const touch = (above: Cluster, below: Cluster) =>
    below.middle - above.middle < ((above.count + below.count) * gap) / 2;
  for (const { height } of order) {
    let last: Cluster = { middle: height, count: 1 };
    for (let above = clusters.at(-1); above && touch(above, last); above = clusters.at(-1)) {
      const count = above.count + last.count;
      last = { middle: (above.middle * above.count + last.middle * last.count) / count, count };
      clusters.pop();
    }
    const reach = ((last.count - 1) * gap) / 2;
    clusters.push({ ...last, middle: Math.max(top + reach, Math.min(bottom - reach, last.middle)) });
  }
  const places = clusters.flatMap(({ middle, count }) =>
    Array.from({ length: count }, (_, i) => middle + (i - (count - 1) / 2) * gap),
  );
  const result = heights.slice();
  order.forEach(({ index }, place) => {
    result[index] = places[place] ?? bottom;
  });
  return result;
}

/** The end of a line that is to be named. */
export interface LineEnd {
  readonly name: string;
  /** Pixels. */
  readonly x: number;
  readonly y: number;
}

/** Whether that many names have room beside an area of that height. */
export function namesFit(count: number, height: number): boolean {
  return count * NAME_HEIGHT <= height;
}

/** Names beside the ends of lines, moved apart where they would overlap, and tied to the ends they left. */
export function drawEndNames(lineEnds: readonly LineEnd[], { right, top, bottom }: Area): Html[] {
  const heights = spread(
    lineEnds.map(({ y }) => y),
    top,
    bottom,
    NAME_HEIGHT,
  );
  return lineEnds.map(({ name, x, y }, series) => {
    const height = heights[series] ?? y;
    const isMoved = Math.abs(height - y) > 4 || right - x > 8;
    return html`<g class="${colourClass(series)}">${
      isMoved
        ? html`<path class="leader" fill="none" d="M${round(x + 5)} ${round(y)}L${right + 4} ${round(y)}L${right + 14} ${round(height)}"/>`
        : undefined
    }
<text class="name" x="${right + (isMoved ? 18 : 10)}" y="${round(height + 4)}" style="fill:currentColor">${name}</text></g>`;
  });
}

/** Space right of an area for names of lines. */
export function widthOfNames(names: readonly string[]): number {
  return Math.max(...names.map((name) => textWidth(name, FONT.label))) + 28;
}

/** A legend in rows of at most that width. */
export function legend(entries: readonly { name: string; mark: Mark }[], width: number): Legend {
  let [x, row] = [PADDING, 0];
  const places = entries.map(({ name }) => {
    const wide = MARK_WIDTH + 8 + textWidth(name, FONT.label);
    if (x > PADDING && x + wide > width - PADDING) [x, row] = [PADDING, row + 1];
    const place = { x: round(x), row };
    x += wide + 20;
    return place;
  });
  return {
    height: (row + 1) * ROW_HEIGHT + 6,
    draw: (top) =>
      entries.map(({ name, mark }, series) => {
        const { x = 0, row = 0 } = places[series] ?? {};
        const y = round(top + row * ROW_HEIGHT + 10);
        return html`<g class="${colourClass(series)}">${drawMark(mark, x, y)}<text class="name" x="${x + MARK_WIDTH + 6}" y="${y + 4}">${name}</text></g>`;
      }),
  };
}

export interface Legend {
  readonly height: number;
  draw(top: number): Html[];
}

function drawMark(mark: Mark, x: number, y: number): Html {
  if (mark === 'bar')
    return html`<rect class="fill" x="${x}" y="${y - 6}" width="${MARK_WIDTH}" height="12"/>`;
  if (mark === 'dots') {
    return html`<path class="dots" stroke-width="7" d="M${x + MARK_WIDTH / 2} ${y}h0"/>`;
  }
  return html`<path class="line ${mark === 'dashed' ? 'dashed' : ''}" d="M${x} ${y}h${MARK_WIDTH}"/>`;
}

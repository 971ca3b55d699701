import type { Axis } from './axis.ts';
import { type Html, html } from './html.ts';
import type { Area, Plane } from './series.ts';
import { round } from './svg.ts';
import { textWidth } from './text.ts';

/** An axis as it is written: its name and its ticks. */
export interface AxisText {
  readonly label: string;
  format(value: number): string;
}

/** Space under the area for ticks and the name of the axis. */
export const BELOW_AREA = 48;
const TICK_GAP = 8;
const LABEL_BAND = 24;

/** Space left of the area for ticks and the name of the axis. */
export function widthOfTicks({ ticks }: Axis, { format }: AxisText): number {
  return Math.max(...ticks.map((tick) => textWidth(format(tick)))) + TICK_GAP + LABEL_BAND;
}

/** Grid lines, ticks and names of both axes. */
export function drawAxes(plane: Plane, x: AxisText, y: AxisText): Html {
  const { left, right, top, bottom } = plane.area;
  const [middle, height] = [round((left + right) / 2), round((top + bottom) / 2)];
  const side = round(left - widthOfTicks(plane.y, y) + 14);
  return html`${drawLevels(plane, y)}${drawColumns(plane, x)}
<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>
<text class="label" x="${middle}" y="${bottom + 40}" text-anchor="middle">${x.label}</text>
<text class="label" text-anchor="middle" transform="translate(${side} ${height}) rotate(-90)">${y.label}</text>`;
}

function drawLevels({ y, area }: Plane, { format }: AxisText): Html[] {
  return y.ticks.map((tick) => {
    const height = round(y.toPixel(tick));
    return html`<line class="grid" x1="${area.left}" x2="${area.right}" y1="${height}" y2="${height}"/>
<text class="tick" x="${area.left - TICK_GAP}" y="${round(height + 4)}" text-anchor="end">${format(tick)}</text>`;
  });
}

/** Ticks below the area; one that would touch its neighbour is left out. */
function drawColumns({ x, area }: Plane, { format }: AxisText): Html[] {
  let free = Number.NEGATIVE_INFINITY;
  return x.ticks.flatMap((tick) => {
    const place = round(x.toPixel(tick));
    const half = textWidth(format(tick)) / 2;
    if (place - half < free) return [];
    free = place + half + TICK_GAP;
    return [
      html`<line class="axis" x1="${place}" x2="${place}" y1="${area.bottom}" y2="${area.bottom + 4}"/>
<text class="tick" x="${place}" y="${area.bottom + 19}" text-anchor="middle">${format(tick)}</text>`,
    ];
  });
}

/** The edges of an area. */
export function areaRect({ left, right, top, bottom }: Area): Html {
  return html`x="${left}" y="${top}" width="${round(right - left)}" height="${round(bottom - top)}"`;
}

import { at } from '../util/errors.ts';
import type { Area, Pixel } from './series.ts';
import { round } from './svg.ts';

/** A run of points as the data of a path: only what lies in the area (Liang and Barsky 1984). */
export function clippedPath(run: readonly Pixel[], area: Area): string {
  let path = '';
  let pen: Pixel | undefined;
  for (let i = 1; i < run.length; i++) {
    const part = clipped(at(run, i - 1), at(run, i), area);
    if (!part) {
      pen = undefined;
      continue;
    }
    const [from, to] = part;
    if (!pen || pen[0] !== from[0] || pen[1] !== from[1]) path += `M${from[0]} ${from[1]}`;
    path += `L${to[0]} ${to[1]}`;
    pen = to;
  }
  return path;
}

function clipped(from: Pixel, to: Pixel, area: Area): readonly [Pixel, Pixel] | undefined {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const edges: readonly Pixel[] = [
    [-dx, from[0] - area.left],
    [dx, area.right - from[0]],
    [-dy, from[1] - area.top],
    [dy, area.bottom - from[1]],
  ];
  let [start, end] = [0, 1];
  for (const [slope, room] of edges) {
    if (slope === 0 && room < 0) return undefined;
    if (slope < 0) start = Math.max(start, room / slope);
    if (slope > 0) end = Math.min(end, room / slope);
  }
  if (start > end) return undefined;
  const point = (share: number): Pixel => [round(from[0] + share * dx), round(from[1] + share * dy)];
  return [start === 0 ? from : point(start), end === 1 ? to : point(end)];
}

import { type Html, html } from './html.ts';
import type { Area, Pixel } from './series.ts';
import { round } from './svg.ts';

/** The values of a field in the middles of its cells, the first row at the lowest y. */
interface Heights {
  readonly columns: number;
  readonly rows: number;
  readonly values: ArrayLike<number>;
}

/** The line on which a field has that value: straight pieces between the middles of four cells (marching squares). */
export function drawContours({ columns, rows, values }: Heights, level: number, area: Area): Html {
  const wide = (area.right - area.left) / columns;
  const high = (area.bottom - area.top) / rows;
  const toPixel = ([x, y]: Pixel) =>
    `${round(area.left + (x + 0.5) * wide)} ${round(area.bottom - (y + 0.5) * high)}`;
  const above = (x: number, y: number) => (values[y * columns + x] ?? Number.NaN) - level;
  let path = '';
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const points = crossings(x, y, above);
      for (let i = 0; i + 1 < points.length; i += 2) {
        path += points
          .slice(i, i + 2)
          .map((point, end) => `${end === 0 ? 'M' : 'L'}${toPixel(point)}`)
          .join('');
      }
    }
  }
  return html`<path class="contour" d="${path}"/>`;
}

/** Where the level crosses the four sides of a square, in turn around it. */
function crossings(x: number, y: number, above: (x: number, y: number) => number): Pixel[] {
  const corners: readonly Pixel[] = [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
  ];
  return corners.flatMap(([fromX, fromY], i): Pixel[] => {
    const [toX, toY] = corners[(i + 1) % 4] ?? [x, y];
    const [from, to] = [above(fromX, fromY), above(toX, toY)];
    if (!(Number.isFinite(from) && Number.isFinite(to)) || from < 0 === to < 0) return [];
    const share = from / (from - to);
    return [[fromX + share * (toX - fromX), fromY + share * (toY - fromY)]];
  });
}

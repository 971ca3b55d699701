import { AntlerValueError, at } from '../util/errors.ts';
import { exactAxis, type Range } from './axis.ts';
import { requireRange, requireSameLength } from './checks.ts';
import { clippedPath } from './clip.ts';
import { drawContours } from './contours.ts';
import { type Html, html } from './html.ts';
import { legend } from './names.ts';
import { type Colours, colourRange, paint } from './paint.ts';
import { areaRect, BELOW_AREA, drawAxes, widthOfTicks } from './plot-area.ts';
import { pngUrl } from './png.ts';
import { drawDots, isInside, type Plane, type Points, pixelRuns, shownIndices } from './series.ts';
import { colourClass } from './style.ts';
import { PADDING, svgOf } from './svg.ts';
import { formatNumber } from './text.ts';

/** Values over the whole plane. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  /** [rows, columns], row-major, the first row at the lowest y. What is not finite is left out. */
  readonly values: ArrayLike<number>;
  /** Default diverging. */
  readonly colours?: Colours;
  /** Values of the first and the last colour; default those of the field, symmetric around zero if diverging. */
  readonly range?: Range;
  /** Values at which a line of equal height is drawn; default none. */
  readonly contours?: readonly number[];
}

export interface PlaneAxis {
  readonly label: string;
  readonly range: Range;
}

export interface PlaneChartOptions {
  readonly title: string;
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  readonly field?: Field;
  readonly points?: readonly Points[];
  /** Lines in the plane; a dot marks where each begins, a larger one where it ends. */
  readonly paths?: readonly Points[];
  /** Pixels; default 520. The plane is as high as its ranges ask for. */
  readonly width?: number;
}

const WHERE = 'plot.planeChart';
const MANY_POINTS = 400;
/** The plane's height, as a fraction of its width, stays within. */
const FLATTEST = 0.5;
const TALLEST = 1.2;

/**
 * A plane with a field of colours, points and paths: decision surfaces, landscapes.
 * @returns a whole `<svg>`
 * @throws AntlerValueError for an empty range, a field of another size than its values, or a series without a point
 */
export function planeChart(options: PlaneChartOptions): string {
  const { title, x, y, field, points = [], paths = [], width = 520 } = options;
  requireRange(WHERE, x.range);
  requireRange(WHERE, y.range);
  if (field) requireField(field);
  const entries = [
    ...points.map(({ name }) => ({ name, mark: 'dots' as const })),
    ...paths.map(({ name }) => ({ name, mark: 'line' as const })),
  ];
  const key = entries.length > 0 ? legend(entries, width) : undefined;
  const text = { x: { label: x.label, format: formatNumber }, y: { label: y.label, format: formatNumber } };
  const ticks = exactAxis('linear', y.range, { from: 0, to: 1 });
  const [left, right] = [Math.ceil(PADDING + widthOfTicks(ticks, text.y)), width - PADDING];
  const shape = (y.range[1] - y.range[0]) / (x.range[1] - x.range[0]);
  const areaHeight = Math.round((right - left) * Math.min(TALLEST, Math.max(FLATTEST, shape)));
  const keyHeight = (key?.height ?? 0) + 4;
  return svgOf({
    title,
    width,
    height: keyHeight + areaHeight + BELOW_AREA,
    draw: (top) => {
      const area = { left, right, top: top + keyHeight, bottom: top + keyHeight + areaHeight };
      const plane: Plane = {
        area,
        x: exactAxis('linear', x.range, { from: left, to: right }),
        y: exactAxis('linear', y.range, { from: area.bottom, to: area.top }),
      };
      return html`${key?.draw(top)}${drawAxes(plane, text.x, text.y)}${field && drawField(field, plane)}
<rect class="frame" ${areaRect(area)}/>
${points.map((series, i) => drawPoints(series, i, plane))}${paths.map((path, i) => drawPath(path, points.length + i, plane))}`;
    },
  });
}

function requireField({ columns, rows, values, range }: Field): void {
  requireSameLength(`${WHERE}, field`, ['cells', 'values'], columns * rows, values.length);
  if (range) requireRange(`${WHERE}, field`, range);
  if (columns >= 2 && rows >= 2) return;
  throw new AntlerValueError({
    where: `${WHERE}, field`,
    expected: 'two columns and two rows or more',
    got: `${columns} columns and ${rows} rows`,
  });
}

function drawField(field: Field, plane: Plane): Html {
  const { columns, rows, values, colours = 'diverging', contours = [] } = field;
  const fromTop = Array.from(values, (_, i) => {
    const row = rows - 1 - Math.floor(i / columns);
    return at(values, row * columns + (i % columns));
  });
  const range = field.range ?? colourRange(fromTop, colours);
  const url = pngUrl(paint({ width: columns, height: rows, data: fromTop }, colours, range));
  return html`<image ${areaRect(plane.area)} preserveAspectRatio="none" href="${url}"/>
${contours.map((level) => drawContours(field, level, plane.area))}`;
}

function drawPoints(series: Points, index: number, plane: Plane): Html {
  const shown = shownIndices(WHERE, series, ['linear', 'linear']);
  const dots = pixelRuns(series, shown, plane)
    .flat()
    .filter((pixel) => isInside(pixel, plane.area));
  const diameter = dots.length > MANY_POINTS ? 3.5 : 7;
  const halo = dots.map(([px, py]) => `M${px} ${py}h0`).join('');
  return html`<path class="halo" stroke-width="${diameter + 2}" d="${halo}"/><g class="${colourClass(index)}">${drawDots(dots, diameter)}</g>
`;
}

function drawPath(path: Points, index: number, plane: Plane): Html {
  const runs = pixelRuns(path, shownIndices(WHERE, path, ['linear', 'linear']), plane);
  const line = runs.map((run) => clippedPath(run, plane.area)).join('');
  const pixels = runs.flat();
  const [start, end] = [at(pixels, 0), at(pixels, -1)].map((pixel) =>
    isInside(pixel, plane.area) ? [pixel] : [],
  );
  return html`<path class="halo" stroke-width="4" d="${line}"/><g class="${colourClass(index)}"><path class="line" d="${line}"/>${
    start && drawDots(start, 6)
  }${end && drawDots(end, 9)}</g>
`;
}

import { at } from '../util/errors.ts';
import { type Axis, exactAxis, type Range, roundedAxis, type Span } from './axis.ts';
import { requireRange, requireSome } from './checks.ts';
import { clippedPath } from './clip.ts';
import { type Html, html } from './html.ts';
import { drawEndNames, legend, type Mark, namesFit, spread, widthOfNames } from './names.ts';
import { type AxisText, BELOW_AREA, drawAxes, widthOfTicks } from './plot-area.ts';
import {
  drawDots,
  isInside,
  isShown,
  type Pixel,
  type Plane,
  type Points,
  pixelRuns,
  rangeOf,
  shownIndices,
} from './series.ts';
import { colourClass } from './style.ts';
import { PADDING, round, svgOf } from './svg.ts';
import { formatNumber } from './text.ts';

export interface ChartAxis {
  /** What is measured, with its unit. */
  readonly label: string;
  /** Default linear. */
  readonly scale?: 'linear' | 'log';
  /** Where the axis ends; what lies outside is cut off. Default: the values, y rounded outwards to ticks. */
  readonly range?: Range;
  /** Values that are written; default round ones. */
  readonly ticks?: readonly number[];
  /** How they are written; default `formatNumber`. */
  readonly format?: (value: number) => string;
}

export interface ChartSeries extends Points {
  /** Default a line; `steps` keeps each value until the next. */
  readonly style?: 'line' | 'dashed' | 'points' | 'steps';
}

export interface LineChartOptions {
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  /** Heights with a name, for instance a bar that is to be reached. */
  readonly levels?: readonly { readonly value: number; readonly name: string }[];
  /** Pixels; default 640 by 400. */
  readonly width?: number;
  readonly height?: number;
}

const WHERE = 'plot.lineChart';
/** Lines of so few points show each of them. */
const FEW_POINTS = 24;
const MANY_POINTS = 400;

/**
 * Lines and points over two axes, named at their ends where they end together, otherwise in a legend.
 * @returns a whole `<svg>`
 * @throws AntlerValueError without series, for a series without a point that can be shown, or for an empty range
 */
export function lineChart(options: LineChartOptions): string {
  const { title, x, y, series, levels = [], width = 640, height = 400 } = options;
  requireSome(WHERE, series.length, 'series');
  for (const { range, scale } of [x, y]) if (range) requireRange(WHERE, range, scale);
  const shown = series.map((line) => shownIndices(WHERE, line, [x.scale ?? 'linear', y.scale ?? 'linear']));
  const endNames = canBeNamedAtEnds(options, shown);
  const names = series.map(({ name }) => name);
  const entries = series.map(({ name, style }) => ({ name, mark: markOf(style) }));
  const isNamedByAxis = series.length === 1 && names[0] === y.label;
  const key = endNames || isNamedByAxis ? undefined : legend(entries, width);
  const bodyHeight = height - PADDING - 28;
  return svgOf({
    title,
    description: describe(options, shown),
    width,
    height: bodyHeight,
    draw: (top) => {
      const areaTop = top + (key?.height ?? 0) + 4;
      const plane = planeOf(options, shown, {
        top: areaTop,
        bottom: Math.max(areaTop + 80, top + bodyHeight - BELOW_AREA),
        right: width - (endNames ? widthOfNames(names) : PADDING + 4),
      });
      const ends = series.map((line, i) => ({ name: line.name, ...endOf(line, at(shown, i), plane) }));
      return html`${key?.draw(top)}${drawAxes(plane, textOf(x), textOf(y))}${drawLevels(levels, plane, y)}
${series.map((line, i) => drawSeries(line, at(shown, i), plane, i))}${endNames ? drawEndNames(ends, plane.area) : undefined}`;
    },
  });
}

function textOf({ label, format = formatNumber }: ChartAxis): AxisText {
  return { label, format };
}

function markOf(style: ChartSeries['style']): Mark {
  if (style === 'points') return 'dots';
  return style === 'dashed' ? 'dashed' : 'line';
}

/** Only lines can, if all of them end near the right edge. */
function canBeNamedAtEnds({ series, x, height = 400 }: LineChartOptions, shown: number[][]): boolean {
  if (series.length === 1) return false;
  const ends = series.map((line, i) => at(line.x, at(at(shown, i), -1)));
  const [low, high] = x.range ?? rangeOf(series.flatMap((line, i) => at(shown, i).map((j) => at(line.x, j))));
  const { toPixel } = exactAxis(x.scale ?? 'linear', [low, high], { from: 0, to: 1 });
  return (
    series.every(({ style }) => style !== 'points') &&
    ends.every((end) => toPixel(end) > 0.97 && toPixel(end) < 1.001) &&
    namesFit(series.length, height - 140)
  );
}

interface Edges {
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

function planeOf(options: LineChartOptions, shown: number[][], { top, bottom, right }: Edges): Plane {
  const { series, levels = [] } = options;
  const values = (axis: 'x' | 'y') =>
    series.flatMap((line, i) => at(shown, i).map((index) => at(line[axis], index)));
  const ofLevels = levels
    .map(({ value }) => value)
    .filter((value) => isShown(value, options.y.scale ?? 'linear'));
  const y = axisOf(options.y, rangeOf([...values('y'), ...ofLevels]), { from: bottom, to: top }, 'rounded');
  const left = Math.ceil(PADDING + widthOfTicks(y, textOf(options.y)));
  const x = axisOf(options.x, rangeOf(values('x')), { from: left, to: right }, 'exact');
  return { area: { left, right: Math.floor(right), top, bottom }, x, y };
}

function axisOf(
  { scale = 'linear', range, ticks }: ChartAxis,
  values: Range,
  span: Span,
  ends: 'rounded' | 'exact',
): Axis {
  if (range || ends === 'exact') return exactAxis(scale, range ?? values, span, ticks);
  const axis = roundedAxis(scale, values, span);
  return ticks ? { ...axis, ticks } : axis;
}

function endOf({ x, y }: ChartSeries, shown: readonly number[], plane: Plane): { x: number; y: number } {
  const last = at(shown, -1);
  return { x: plane.x.toPixel(at(x, last)), y: plane.y.toPixel(at(y, last)) };
}

function drawSeries(line: ChartSeries, shown: readonly number[], plane: Plane, series: number): Html {
  const runs = pixelRuns(line, shown, plane);
  const inside = runs.flat().filter((pixel) => isInside(pixel, plane.area));
  const { style = 'line' } = line;
  if (style === 'points') {
    return html`<g class="${colourClass(series)}">${drawDots(inside, inside.length > MANY_POINTS ? 3.5 : 6)}</g>
`;
  }
  const path = runs.map((run) => clippedPath(style === 'steps' ? stairs(run) : run, plane.area)).join('');
  const dots =
    inside.length <= FEW_POINTS && style !== 'steps' ? inside : runs.filter((run) => run.length === 1).flat();
  return html`<g class="${colourClass(series)}"><path class="line${style === 'dashed' ? ' dashed' : ''}" d="${path}"/>${
    dots.length > 0 ? drawDots(dots, 6) : undefined
  }</g>
`;
}

function stairs(run: readonly Pixel[]): Pixel[] {
  return run.flatMap((pixel, index): Pixel[] => {
    const before = run[index - 1];
    return before ? [[pixel[0], before[1]], pixel] : [pixel];
  });
}

/** Dashed lines across the area with their names above them. */
function drawLevels(
  levels: NonNullable<LineChartOptions['levels']>,
  { area, y }: Plane,
  { scale = 'linear' }: ChartAxis,
): Html[] {
  const visible = levels.filter(
    ({ value }) => isShown(value, scale) && isInside([area.left, y.toPixel(value)], area),
  );
  const heights = visible.map(({ value }) => round(y.toPixel(value)));
  const texts = spread(
    heights.map((height) => height - 6),
    area.top + 10,
    area.bottom - 4,
    15,
  );
  return visible.map(({ name }, i) => {
    const height = at(heights, i);
    return html`<line class="level" x1="${area.left}" x2="${area.right}" y1="${height}" y2="${height}"/>
<text class="quiet" x="${area.left + 6}" y="${round(at(texts, i))}">${name}</text>`;
  });
}

function describe({ title, series, y }: LineChartOptions, shown: number[][]): string {
  const { format = formatNumber } = y;
  const ends = series.map((line, i) => {
    const indices = at(shown, i);
    return `${line.name} from ${format(at(line.y, at(indices, 0)))} to ${format(at(line.y, at(indices, -1)))}`;
  });
  return `${title}: ${ends.join(', ')}`;
}

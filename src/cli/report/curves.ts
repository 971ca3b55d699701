import { at } from '../../util/errors.ts';
import { type Axis, linearAxis, logAxis } from './axis.ts';
import { type Html, html } from './html.ts';

/** One line of a chart: a value for each epoch. */
export interface Series {
  readonly name: string;
  readonly kind: 'training' | 'validation';
  readonly values: readonly number[];
}

export interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
  readonly scale: 'linear' | 'logarithmic';
  /** Epoch of the first value. */
  readonly firstEpoch: number;
  format(value: number): string;
  /** A level to reach. */
  readonly level?: { readonly value: number; readonly name: string };
}

const WIDTH = 560;
const HEIGHT = 300;
const MARGIN = { left: 56, right: 84, top: 16, bottom: 40 } as const;
const LABEL_HEIGHT = 16;

/** A chart over epochs as an SVG figure, its lines named at their ends. */
export function drawChart(chart: Chart): Html {
  const { series, level } = chart;
  const values = series.flatMap((line) => line.values).concat(level ? [level.value] : []);
  const span = { from: HEIGHT - MARGIN.bottom, to: MARGIN.top };
  const y = (chart.scale === 'linear' ? linearAxis : logAxis)(values, span);
  const epochs = Math.max(...series.map((line) => line.values.length));
  const step = epochs > 1 ? (WIDTH - MARGIN.left - MARGIN.right) / (epochs - 1) : 0;
  const x = (index: number) =>
    epochs > 1 ? MARGIN.left + index * step : (WIDTH + MARGIN.left - MARGIN.right) / 2;
  return html`<figure class="chart"><figcaption>${chart.title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${describe(chart)}">
${drawGrid(y, chart)}${drawEpochs(chart.firstEpoch, epochs, x)}${level && drawLevel(level, y)}
${series.map((line) => drawLine(line, x, y))}${drawNames(series, x, y)}
</svg></figure>
`;
}

function drawGrid(y: Axis, { format }: Chart): Html[] {
  return y.ticks.map((tick) => {
    const height = round(y.toPixel(tick));
    return html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${height}" y2="${height}"/>
<text class="tick" x="${MARGIN.left - 8}" y="${height + 4}" text-anchor="end">${format(tick)}</text>`;
  });
}

function drawEpochs(first: number, epochs: number, x: (index: number) => number): Html {
  const every = Math.ceil(epochs / 10);
  const ticks = Array.from({ length: epochs }, (_, index) => index).filter(
    (index) => index % every === 0 || index === epochs - 1,
  );
  const baseline = HEIGHT - MARGIN.bottom;
  return html`${ticks.map(
    (index) =>
      html`<text class="tick" x="${round(x(index))}" y="${baseline + 18}" text-anchor="middle">${first + index}</text>`,
  )}<text class="tick" x="${WIDTH - MARGIN.right + 12}" y="${baseline + 18}">epoch</text>`;
}

function drawLevel({ value, name }: { value: number; name: string }, y: Axis): Html {
  const height = round(y.toPixel(value));
  return html`<line class="level" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${height}" y2="${height}"/>
<text class="tick" x="${MARGIN.left + 6}" y="${height - 6}">${name}</text>`;
}

function drawLine({ kind, values }: Series, x: (index: number) => number, y: Axis): Html {
  const points = values.map((value, index) => `${round(x(index))},${round(y.toPixel(value))}`);
  const dots = values.length <= 40 ? points : points.slice(-1);
  return html`<g class="${kind}"><polyline points="${points.join(' ')}"/>
${dots.map((point) => {
  const [cx, cy] = point.split(',');
  return html`<circle cx="${cx}" cy="${cy}" r="3.5"/>`;
})}</g>`;
}

/** Names beside the ends of their lines, moved apart where they would overlap. */
function drawNames(series: readonly Series[], x: (index: number) => number, y: Axis): Html[] {
  const names = series
    .map(({ name, kind, values }) => ({
      name,
      kind,
      left: x(values.length - 1) + 10,
      top: y.toPixel(at(values, -1)),
    }))
    .sort((a, b) => a.top - b.top);
  names.forEach((label, index) => {
    const above = names[index - 1];
    if (above) label.top = Math.max(label.top, above.top + LABEL_HEIGHT);
  });
  return names.map(
    ({ name, kind, left, top }) =>
      html`<text class="name ${kind}" x="${round(left)}" y="${round(top + 4)}">${name}</text>`,
  );
}

function describe({ title, series, format }: Chart): string {
  const ends = series.map(
    ({ name, values }) => `${name} from ${format(at(values, 0))} to ${format(at(values, -1))}`,
  );
  return `${title}: ${ends.join(', ')}`;
}

function round(pixel: number): number {
  return Number(pixel.toFixed(1));
}

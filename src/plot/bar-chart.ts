import { at } from '../util/errors.ts';
import { requireSameLength, requireSome } from './checks.ts';
import { type Html, html } from './html.ts';
import { legend } from './names.ts';
import { rangeOf } from './series.ts';
import { colourClass, FONT } from './style.ts';
import { PADDING, round, svgOf } from './svg.ts';
import { formatNumber, textWidth } from './text.ts';

export interface BarGroup {
  readonly name: string;
  /** One for each series; one that is not finite is written as a dash. */
  readonly values: readonly number[];
}

export interface BarChartOptions {
  readonly title: string;
  /** Written below the bars. */
  readonly unit?: string;
  readonly groups: readonly BarGroup[];
  /** Names of the bars of a group, for instance `published` and `measured`. */
  readonly series: readonly string[];
  /** How a value is written at the end of its bar; default `formatNumber`. */
  readonly format?: (value: number) => string;
  /** Pixels; default 640. */
  readonly width?: number;
}

const WHERE = 'plot.barChart';
const BAR_HEIGHT = 16;
const BAR_GAP = 3;
const GROUP_GAP = 14;
/** The most of the width that the names of groups may take. */
const NAME_SHARE = 0.45;

/** Where bars lie: `toPixel` of their ends, pixels of zero and of the right end. */
interface Layout {
  readonly zero: number;
  readonly groupHeight: number;
  toPixel(value: number): number;
  format(value: number): string;
}

/**
 * Horizontal bars from zero in groups, each with its value at its end.
 * @returns a whole `<svg>`
 * @throws AntlerValueError without groups or series, or if a group has more or fewer values than there are series
 */
export function barChart(options: BarChartOptions): string {
  const { title, unit, groups, series, width = 640 } = options;
  requireSome(WHERE, groups.length, 'groups');
  requireSome(WHERE, series.length, 'series');
  for (const { name, values } of groups) {
    requireSameLength(
      `${WHERE}, ${JSON.stringify(name)}`,
      ['series', 'values'],
      series.length,
      values.length,
    );
  }
  const layout = layoutOf(options, width);
  const entries = series.map((name) => ({ name, mark: 'bar' as const }));
  const key = series.length > 1 ? legend(entries, width) : undefined;
  const keyHeight = (key?.height ?? 0) + 4;
  const barsHeight = groups.length * (layout.groupHeight + GROUP_GAP);
  return svgOf({
    title,
    description: describe(options, layout),
    width,
    height: keyHeight + barsHeight + (unit === undefined ? PADDING : PADDING + 18),
    draw: (top) => {
      const [start, end] = [top + keyHeight, top + keyHeight + barsHeight];
      const zero = round(layout.zero);
      return html`${key?.draw(top)}${groups.map((group, i) =>
        drawGroup(group, start + i * (layout.groupHeight + GROUP_GAP), layout),
      )}<line class="axis" x1="${zero}" x2="${zero}" y1="${start - 4}" y2="${end - GROUP_GAP + 4}"/>${
        unit === undefined
          ? undefined
          : html`<text class="label quiet" x="${zero}" y="${end + 12}"${zero > width / 2 ? html` text-anchor="end"` : undefined}>${unit}</text>`
      }`;
    },
  });
}

function layoutOf({ groups, series, format = formatNumber }: BarChartOptions, width: number): Layout {
  const values = groups.flatMap((group) => group.values).filter(Number.isFinite);
  const [low, high] = rangeOf([0, ...values]);
  const widest = Math.max(...groups.map(({ name }) => textWidth(name, FONT.label)));
  const ofValues = Math.max(...values.map((value) => textWidth(format(value))), 12) + 8;
  const left = PADDING + Math.min(widest, NAME_SHARE * width) + 10 + (low < 0 ? ofValues : 0);
  const right = width - PADDING - (high > 0 ? ofValues : 0);
  const toPixel = (value: number) => left + ((value - low) / (high - low || 1)) * (right - left);
  const groupHeight = series.length * (BAR_HEIGHT + BAR_GAP) - BAR_GAP;
  return { zero: toPixel(0), groupHeight, toPixel, format };
}

function drawGroup({ name, values }: BarGroup, top: number, layout: Layout): Html {
  const width = textWidth(name, FONT.label);
  return html`<text class="label" x="${PADDING}" y="${round(top + layout.groupHeight / 2 + 4.5)}"${
    width > 290 ? html` textLength="280" lengthAdjust="spacingAndGlyphs"` : undefined
  }>${name}</text>
${values.map((value, series) => drawBar(value, series, top + series * (BAR_HEIGHT + BAR_GAP), layout))}`;
}

function drawBar(value: number, series: number, top: number, { zero, toPixel, format }: Layout): Html {
  const end = Number.isFinite(value) ? toPixel(value) : zero;
  const [left, right] = [Math.min(zero, end), Math.max(zero, end)];
  const isNegative = value < 0;
  return html`<rect class="fill ${colourClass(series)}" x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${BAR_HEIGHT}"/>
<text x="${round(isNegative ? left - 6 : right + 6)}" y="${round(top + 12)}"${isNegative ? html` text-anchor="end"` : undefined}>${
    Number.isFinite(value) ? format(value) : '–'
  }</text>
`;
}

function describe({ title, groups, series }: BarChartOptions, { format }: Layout): string {
  const rows = groups.map(({ name, values }) => {
    const told = values.map(
      (value, i) => `${at(series, i)} ${Number.isFinite(value) ? format(value) : 'none'}`,
    );
    return `${name}: ${told.join(', ')}`;
  });
  return `${title}. ${rows.join('; ')}`;
}

import { headerLines, type Report } from './report.ts';
import type { Row } from './row.ts';
import { significant } from './significant.ts';

const TITLE = 'Antler beside its peers: times as fast (logarithmic)';
const WIDTH = 860;
const LABEL_WIDTH = 430;
const BAR_AREA = 330;
const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 64;

/** A row that has a ratio to show. */
type Compared = Row & { readonly ratio: number };

/** How many times as fast as each peer Antler is, as bars on a logarithmic scale from the line at 1. A whole SVG. */
export function plotRatios(report: Report): string {
  const rows = report.rows.filter((row): row is Compared => row.ratio !== null);
  const height = HEAD_HEIGHT + rows.length * ROW_HEIGHT + 12;
  const scale = ratioScale(rows.map(({ ratio }) => ratio));
  const heads = headerLines(report).map((line, i) => text(8, 36 + 16 * i, line, 'class="small"'));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>${TITLE}</title>`,
    STYLE,
    text(8, 18, TITLE, 'font-weight="bold"'),
    ...heads,
    ...rows.map((row, i) => bar(row, HEAD_HEIGHT + i * ROW_HEIGHT, scale)),
    `<line class="one" x1="${scale(1)}" x2="${scale(1)}" y1="${HEAD_HEIGHT - 4}" y2="${height - 8}"/>`,
    '</svg>\n',
  ].join('\n');
}

/** Colours that are readable on white and on black. */
const STYLE = `<style>
text { fill: #24292f } .small { font-size: 11px; fill: #6e7781 }
.faster { fill: #2da44e } .slower { fill: #bf8700 } .one { stroke: #6e7781 }
@media (prefers-color-scheme: dark) { text { fill: #d0d7de } .small { fill: #8c959f } }
</style>`;

/** The place of a ratio: logarithmic, with room for the smallest, the largest and 1. */
function ratioScale(ratios: readonly number[]): (ratio: number) => number {
  const low = Math.log(Math.min(0.5, ...ratios));
  const high = Math.log(Math.max(2, ...ratios));
  return (ratio) => Math.round(LABEL_WIDTH + (BAR_AREA * (Math.log(ratio) - low)) / (high - low));
}

function bar(row: Compared, y: number, scale: (ratio: number) => number): string {
  const { name, threads, node, peer, ratio } = row;
  const [from, to] = [scale(Math.min(1, ratio)), scale(Math.max(1, ratio))];
  const label = `${name}, ${threads} thr., Node ${node.split('.')[0]}, to ${peer}`;
  const kind = ratio >= 1 ? 'faster' : 'slower';
  return [
    text(LABEL_WIDTH - 10, y + 13, label, 'text-anchor="end"'),
    `<rect class="${kind}" x="${from}" y="${y + 2}" width="${Math.max(1, to - from)}" height="${ROW_HEIGHT - 7}"/>`,
    text(to + 5, y + 13, `${significant(ratio)}×`, ''),
  ].join('');
}

function text(x: number, y: number, content: string, attributes: string): string {
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<text x="${x}" y="${y}" ${attributes}>${escaped}</text>`;
}

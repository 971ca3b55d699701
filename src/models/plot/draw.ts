import { at } from '../../util/errors.ts';
import {
  type PlacedBox,
  type PlacedEdge,
  type Placement,
  type Point,
  type RankDir,
  TEXT,
} from './place-boxes.ts';
import type { BoxKind } from './plot-graph.ts';

const MARGIN = 12;
const ARROW = { length: 8, half: 3.5 } as const;

/** Boxes bring their own ground, and lines are of a grey that shows on white and on black. */
const LINE = '#7d8590';
const GROUND: Readonly<Record<BoxKind, string>> = {
  input: '#e2f3e4',
  weights: '#dfeafc',
  plain: '#f3f4f6',
  model: '#fff3d6',
};
const INK = { title: '#1c2128', line: '#4a5361' } as const;

/** The drawing as SVG. Layers and edges say what they are in `data-layer`, `data-from` and `data-to`. */
export function draw({ size, boxes, edges }: Placement, rankDir: RankDir, title: string): string {
  const [width, height] = [Math.ceil(size.x) + 2 * MARGIN, Math.ceil(size.y) + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" role="img" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace">`,
    `<title>${escaped(title)}</title>`,
    ...boxes.map(drawBox),
    ...edges.map((edge) => drawEdge(edge, rankDir)),
    '</svg>\n',
  ].join('\n');
}

function drawBox({ box, path, corner, size }: PlacedBox): string {
  const middle = corner.x + size.x / 2;
  const top = corner.y + TEXT.padding / 2;
  const place = `x="${round(corner.x)}" y="${round(corner.y)}" width="${round(size.x)}" height="${round(size.y)}"`;
  const titleStyle = `font-size="${TEXT.title}" font-weight="bold" fill="${INK.title}"`;
  const lines = box.lines.map((line, i) => {
    const y = top + TEXT.titleHeight + i * TEXT.lineHeight + TEXT.line;
    return text(middle, y, line, `font-size="${TEXT.line}" fill="${INK.line}"`);
  });
  return [
    `<g data-layer="${escaped(path)}">`,
    `<rect ${place} rx="5" fill="${GROUND[box.kind]}" stroke="${LINE}"/>`,
    text(middle, top + TEXT.title, box.title, titleStyle),
    ...lines,
    '</g>',
  ].join('');
}

function text(x: number, y: number, content: string, style: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="middle" ${style}>${escaped(content)}</text>`;
}

/** Bends between the ranks, and goes straight through those it passes. */
function drawEdge({ from, to, points }: PlacedEdge, rankDir: RankDir): string {
  const isDown = rankDir === 'TB';
  const along = (point: Point) => (isDown ? point.y : point.x);
  const end = at(points, -1);
  const turn = along(end) >= along(at(points, -2)) ? 1 : -1;
  const tip = (back: number, aside: number): Point =>
    isDown ? { x: end.x + aside, y: end.y - turn * back } : { x: end.x - turn * back, y: end.y + aside };
  const bends = points.slice(1).map((point, i) => {
    const previous = at(points, i);
    if (i % 2 === 1) return `L${pair(point)}`;
    const middle = (along(previous) + along(point)) / 2;
    const control = ({ x, y }: Point) => (isDown ? { x, y: middle } : { x: middle, y });
    const target = i === points.length - 2 ? tip(ARROW.length, 0) : point;
    return `C${pair(control(previous))} ${pair(control(point))} ${pair(target)}`;
  });
  const arrow = [tip(0, 0), tip(ARROW.length, ARROW.half), tip(ARROW.length, -ARROW.half)].map(pair);
  return [
    `<g data-from="${escaped(from)}" data-to="${escaped(to)}">`,
    `<path d="M${pair(at(points, 0))}${bends.join('')}" fill="none" stroke="${LINE}" stroke-width="1.5"/>`,
    `<path d="M${arrow.join('L')}Z" fill="${LINE}"/>`,
    '</g>',
  ].join('');
}

function pair({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

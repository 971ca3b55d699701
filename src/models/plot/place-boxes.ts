import { at } from '../../util/errors.ts';
import { type Extent, layered } from './layered.ts';
import type { PlotBox, PlotGraph } from './plot-graph.ts';

/** The direction of the way from inputs to outputs: top to bottom, or left to right. */
export type RankDir = 'TB' | 'LR';

/** A point or a size, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box in its place. */
export interface PlacedBox {
  readonly box: PlotBox;
  /** Names of the models around and of the layer, joined by `/`. */
  readonly path: string;
  readonly corner: Point;
  readonly size: Point;
}

/** An edge in its place. */
export interface PlacedEdge {
  /** Paths of the boxes it joins. */
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

/** A drawing: frames lie before what is inside. */
export interface Placement {
  readonly size: Point;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

/** Width of a letter over the height of the type, in fonts where all are equally wide. */
const LETTER = 0.605;
/** Heights of the type and of lines, and the room around text, in pixels. */
export const TEXT = { title: 13, line: 11, titleHeight: 18, lineHeight: 15, padding: 10 } as const;
const FRAME_PADDING = 16;

/** Places boxes and edges; what is inside of models first. The corner of the whole is at 0, 0. */
export function placeBoxes(graph: PlotGraph, rankDir: RankDir, prefix = ''): Placement {
  const insides = graph.boxes.map(
    ({ inside, name }) => inside && placeBoxes(inside, rankDir, `${prefix}${name}/`),
  );
  const sizes = graph.boxes.map((box, i) => sizeOf(box, insides[i]));
  const turn = rankDir === 'TB' ? fromRanksDown : fromRanksRight;
  const extents = sizes.map(({ x, y }) =>
    rankDir === 'TB' ? { across: x, along: y } : { across: y, along: x },
  );
  const { size, corners, routes } = layered(extents, graph.edges);
  const paths = graph.boxes.map(({ name }) => prefix + name);
  const boxes = graph.boxes.map((box, i) => ({
    box,
    path: at(paths, i),
    corner: turn(at(corners, i)),
    size: at(sizes, i),
  }));
  const edges = graph.edges.map(({ from, to }, i) => ({
    from: at(paths, from),
    to: at(paths, to),
    points: at(routes, i).map(turn),
  }));
  const moved = boxes.map((placed, i) => inFrame(insides[i], placed));
  return {
    size: turn(size),
    boxes: boxes.flatMap((placed, i) => [placed, ...(moved[i]?.boxes ?? [])]),
    edges: [...edges, ...moved.flatMap((inside) => inside?.edges ?? [])],
  };
}

function fromRanksDown({ across, along }: Extent): Point {
  return { x: across, y: along };
}

function fromRanksRight({ across, along }: Extent): Point {
  return { x: along, y: across };
}

/** Height of title and lines, with the room around. */
function textHeight({ lines }: PlotBox): number {
  return TEXT.titleHeight + lines.length * TEXT.lineHeight + TEXT.padding;
}

function sizeOf(box: PlotBox, inside: Placement | undefined): Point {
  const letters = Math.max(
    ...box.lines.map((line) => line.length * TEXT.line),
    box.title.length * TEXT.title,
  );
  const width = letters * LETTER + 2 * TEXT.padding;
  if (!inside) return { x: width, y: textHeight(box) };
  return {
    x: Math.max(width, inside.size.x + 2 * FRAME_PADDING),
    y: textHeight(box) + inside.size.y + FRAME_PADDING,
  };
}

/** The inside of a model, moved into its frame: below the text, in the middle. */
function inFrame(inside: Placement | undefined, { box, corner, size }: PlacedBox): Placement | undefined {
  if (!inside) return undefined;
  const shift = (point: Point) => ({
    x: point.x + corner.x + (size.x - inside.size.x) / 2,
    y: point.y + corner.y + textHeight(box),
  });
  return {
    size: inside.size,
    boxes: inside.boxes.map((placed) => ({ ...placed, corner: shift(placed.corner) })),
    edges: inside.edges.map((edge) => ({ ...edge, points: edge.points.map(shift) })),
  };
}

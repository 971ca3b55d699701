import type { DType, TypedArray } from '../util/dtypes.ts';
import { at } from '../util/errors.ts';
import { type Shape, sizeOf } from '../util/shapes.ts';
import { formatFloats } from './format-floats.ts';

/** Elements from which on the middle is left out. */
const THRESHOLD = 1000;

/** Elements shown at each end of an axis whose middle is left out. */
const EDGE_ITEMS = 3;

/** Columns of a line. */
const LINE_WIDTH = 75;

/** How one array is printed: the texts of all elements that are shown, by their place in the array. */
interface Layout {
  readonly shape: Shape;
  readonly texts: ReadonlyMap<number, string>;
  /** Elements kept at each end of an axis; 0 shows all. */
  readonly edge: number;
}

/**
 * The elements as NumPy's `str` prints them: aligned columns, 8 digits, lines of 75 columns, and '...' for the
 * middle of arrays of more than 1000 elements. bool prints as true and false.
 */
export function formatValues(shape: Shape, dtype: DType, data: TypedArray): string {
  if (shape.length === 0) return formatAll(dtype, [at(data, 0)], 'scalar')[0] ?? '';
  if (data.length === 0) return '[]';
  const edge = data.length > THRESHOLD ? EDGE_ITEMS : 0;
  const places = shownPlaces(shape, edge);
  const shown = formatAll(
    dtype,
    places.map((place) => at(data, place)),
    'array',
  );
  const width = Math.max(...shown.map((text) => text.length));
  const texts = new Map(places.map((place, i) => [place, at(shown, i).padStart(width)]));
  return block({ shape, texts, edge }, 0, 0);
}

function formatAll(dtype: DType, values: readonly number[], as: 'scalar' | 'array'): string[] {
  if (dtype === 'bool') return values.map((value) => String(value !== 0));
  return dtype === 'float32' || dtype === 'float64' ? formatFloats(values, dtype, as) : values.map(String);
}

/** Indices along an axis that are shown; -1 stands for the dots. */
function shownIndices(extent: number, edge: number): number[] {
  const all = Array.from({ length: extent }, (_, i) => i);
  return edge === 0 || extent <= 2 * edge ? all : [...all.slice(0, edge), -1, ...all.slice(-edge)];
}

/** Row-major places of all elements that are shown. */
function shownPlaces(shape: Shape, edge: number): number[] {
  let places = [0];
  for (const extent of shape) {
    const indices = shownIndices(extent, edge).filter((i) => i >= 0);
    places = places.flatMap((place) => indices.map((i) => place * extent + i));
  }
  return places;
}

/**
 * The text of a sub-array in brackets.
 * @param axis its first axis
 * @param place row-major place of its first element
 */
function block(layout: Layout, axis: number, place: number): string {
  const { shape, edge } = layout;
  const indices = shownIndices(at(shape, axis), edge);
  if (axis === shape.length - 1) return row(layout, place, indices);
  const size = sizeOf(shape.slice(axis + 1));
  const parts = indices.map((i) => (i < 0 ? '...' : block(layout, axis + 1, place + i * size)));
  return `[${parts.join('\n'.repeat(shape.length - axis - 1) + ' '.repeat(axis + 1))}]`;
}

/** The elements of a row, broken into lines where one would be too long. */
function row({ shape, texts }: Layout, place: number, indices: readonly number[]): string {
  const indent = shape.length;
  // as many columns stay free for the brackets behind
  const width = LINE_WIDTH - indent;
  const lines: string[] = [];
  for (const i of indices) {
    const text = i < 0 ? '...' : (texts.get(place + i) ?? '');
    const line = lines.at(-1);
    if (line === undefined || indent + line.length + 1 + text.length > width) lines.push(text);
    else lines[lines.length - 1] = `${line} ${text}`;
  }
  const broken = lines.map((line, i) => (i < lines.length - 1 ? line.trimEnd() : line));
  return `[${broken.join(`\n${' '.repeat(indent)}`)}]`;
}

import { damagedFile } from '../util/damaged-file.ts';
import { at } from '../util/errors.ts';
import type { PngHeader } from './png-header.ts';

/** Every `stepX`-th pixel from `x` in every `stepY`-th row from `y`. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];

/** PNG specification, 8.2. */
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

/** The rows of one pass as they lie in the inflated data: a filter byte, then `rowBytes`. */
interface PassLayout extends Pass {
  readonly columns: number;
  readonly rows: number;
  readonly rowBytes: number;
}

/** Bytes of the inflated data of an image. */
export function scanlineBytes(header: PngHeader): number {
  return layoutsOf(header).reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0);
}

/**
 * Undoes filters and interlacing (PNG specification, 8 and 9).
 * @param inflated `scanlineBytes(header)` bytes; used as working memory
 * @returns [height, width, samples], each sample as stored: 0 .. 2^depth - 1
 */
export function readScanlines(inflated: Uint8Array, header: PngHeader, file: string): Uint16Array {
  const target = new Uint16Array(header.width * header.height * header.samples);
  const pixelBytes = Math.max(1, (header.samples * header.depth) >> 3);
  let position = 0;
  for (const layout of layoutsOf(header)) {
    let above: Uint8Array = new Uint8Array(layout.rowBytes);
    for (let row = 0; row < layout.rows; row++) {
      const line = inflated.subarray(position + 1, position + 1 + layout.rowBytes);
      unfilter(at(inflated, position), line, above, pixelBytes, file);
      placeRow(line, row, layout, header, target);
      above = line;
      position += 1 + layout.rowBytes;
    }
  }
  return target;
}

function layoutsOf({ width, height, samples, depth, isInterlaced }: PngHeader): PassLayout[] {
  const layouts = (isInterlaced ? ADAM7 : WHOLE).map((pass) => {
    const columns = Math.ceil((width - pass.x) / pass.stepX);
    const rows = Math.ceil((height - pass.y) / pass.stepY);
    return { ...pass, columns, rows, rowBytes: Math.ceil((columns * samples * depth) / 8) };
  });
  return layouts.filter(({ columns, rows }) => columns > 0 && rows > 0);
}

type Predictor = (left: number, above: number, aboveLeft: number) => number;

/** None, sub, up, average, Paeth. */
const PREDICTORS: readonly Predictor[] = [
  () => 0,
  (left) => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/** The neighbour nearest to left + above - aboveLeft; ties in the order of the arguments. */
function paeth(left: number, above: number, aboveLeft: number): number {
  const estimate = left + above - aboveLeft;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toAboveLeft = Math.abs(estimate - aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}

function unfilter(
  filter: number,
  line: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
  file: string,
): void {
  const predict = PREDICTORS[filter];
  if (!predict) throw damagedFile({ file, offset: 0, expected: 'a row filter of 0 to 4', got: `${filter}` });
  for (let i = 0; i < line.length; i++) {
    const left = line[i - pixelBytes] ?? 0;
    line[i] = at(line, i) + predict(left, at(above, i), above[i - pixelBytes] ?? 0);
  }
}

function placeRow(
  line: Uint8Array,
  row: number,
  { x, y, stepX, stepY, columns }: PassLayout,
  { width, samples, depth }: PngHeader,
  target: Uint16Array,
): void {
  const rowStart = (y + row * stepY) * width;
  for (let column = 0; column < columns; column++) {
    const pixel = rowStart + x + column * stepX;
    for (let sample = 0; sample < samples; sample++) {
      target[pixel * samples + sample] = sampleAt(line, column * samples + sample, depth);
    }
  }
}

/** Samples are packed from the high bits down. */
function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return at(line, index);
  if (depth === 16) return (at(line, 2 * index) << 8) | at(line, 2 * index + 1);
  const bit = index * depth;
  return (at(line, bit >> 3) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

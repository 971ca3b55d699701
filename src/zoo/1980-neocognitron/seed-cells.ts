import { at } from '../../util/errors.ts';
import type { Responses, Seed } from './s-layer.ts';

/**
 * Seed cells of one picture: the strongest cell, then the strongest outside its neighbourhood, and so on while any
 * responds; of one plane only the first.
 * @param reach cells of a neighbourhood to each side
 */
export function seedCells({ width, strongest, planes }: Responses, reach: number): Seed[] {
  const left = Float32Array.from(strongest);
  const seeds = new Map<number, Seed>();
  for (let place = strongestPlace(left); at(left, place) > 0; place = strongestPlace(left)) {
    const plane = at(planes, place);
    if (!seeds.has(plane)) seeds.set(plane, { row: Math.floor(place / width), column: place % width, plane });
    silence(left, { place, width, reach });
  }
  return [...seeds.values()];
}

/**
 * The seed-selecting plane: where there is much to see and no cell nearby responds, a new plane is needed.
 * @param leastShare of the picture's strongest V-cell that counts as much
 * @returns the place, row-major, or undefined if the planes know all that is there
 */
export function unknownPlace(
  { width, strongest, v }: Responses,
  { reach, leastShare }: { readonly reach: number; readonly leastShare: number },
): number | undefined {
  const left = Float32Array.from(v);
  for (const [place, response] of strongest.entries()) {
    if (response > 0) silence(left, { place, width, reach });
  }
  const place = strongestPlace(left);
  const least = leastShare * at(v, strongestPlace(v));
  return at(left, place) > least ? place : undefined;
}

interface Neighbourhood {
  readonly place: number;
  readonly width: number;
  readonly reach: number;
}

function silence(cells: Float32Array, { place, width, reach }: Neighbourhood): void {
  const [row, column] = [Math.floor(place / width), place % width];
  const height = cells.length / width;
  for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
    const start = y * width;
    cells.fill(0, start + Math.max(0, column - reach), start + Math.min(width, column + reach + 1));
  }
}

/** The place of the greatest value. */
export function strongestPlace(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (at(values, i) > at(values, best)) best = i;
  return best;
}

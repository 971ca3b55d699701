import { at } from '../../../../util/errors.ts';
import { type Code, type Local, v128 } from '../../encoder/index.ts';
import type { KernelFunction } from '../kernel-function.ts';
import { VECTOR_BYTES } from '../lanes.ts';
import { type DepthWalk, walkDepth } from './depth.ts';

/** A small block of a product, held in registers while the depth goes by. */
export interface Tile {
  /** Byte offset of each row from the left pointer. */
  readonly rowOffsets: readonly number[];
  /** Width in vectors. */
  readonly vectors: number;
  readonly walk: DepthWalk;
  /** Addresses of row 0 and column 0 at the start of the depth. */
  readonly left: Code;
  readonly right: Code;
  /** What an accumulator starts from. */
  begin(row: number, vector: number): Code;
  /** Takes the finished sum. */
  end(row: number, vector: number, sum: Local): Code;
}

/** sum over the depth of left[row, place] * right[place, column], for all rows and columns of the tile. */
export function emitTile(fn: KernelFunction, tile: Tile): Code {
  const { rowOffsets, vectors } = tile;
  return fn.withMany('v128', rowOffsets.length * vectors, (sums) => {
    const sumAt = (row: number, vector: number) => at(sums, row * vectors + vector);
    const forEachSum = (use: (row: number, vector: number, sum: Local) => Code) =>
      rowOffsets.map((_, row) => range(vectors).map((vector) => use(row, vector, sumAt(row, vector))));
    return [
      forEachSum((row, vector, sum) => sum.set(tile.begin(row, vector))),
      walkTile(fn, tile, sumAt),
      forEachSum((row, vector, sum) => tile.end(row, vector, sum)),
    ];
  });
}

function walkTile(fn: KernelFunction, tile: Tile, sumAt: (row: number, vector: number) => Local): Code {
  const columns = range(tile.vectors);
  return fn.withMany('i32', 2, ([left, right]) =>
    fn.withMany('v128', 1 + tile.vectors, ([factor, ...loaded]) => {
      if (!left || !right || !factor) return [];
      const body: Code = [
        columns.map((v) => at(loaded, v).set(v128.load(right.get, v * VECTOR_BYTES))),
        tile.rowOffsets.map((rowOffset, row) => [
          factor.set(v128.load32Splat(left.get, rowOffset)),
          columns.map((v) => {
            const sum = sumAt(row, v);
            return sum.set(fn.multiplyAdd(factor.get, at(loaded, v).get, sum.get));
          }),
        ]),
      ];
      return [left.set(tile.left), right.set(tile.right), walkDepth(fn, tile.walk, [left, right], body)];
    }),
  );
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

import { at } from '../../../../util/errors.ts';
import { type Code, f32x4 } from '../../encoder/index.ts';
import type { KernelFunction } from '../kernel-function.ts';

/** A block of at most 4 x 4 floats on its way from rows to columns. */
export interface Transposition {
  /** Rows that exist; the others count as zeros. */
  readonly rows: number;
  load(row: number): Code;
  /** Columns that are wanted. */
  readonly columns: number;
  /** Takes column number `column`: one float of each row. */
  store(column: number, value: Code): Code;
}

/** Reads rows and writes columns. */
export function transpose4x4(fn: KernelFunction, block: Transposition): Code {
  if (block.columns === 0) return [];
  return fn.withMany('v128', 4, (rows) =>
    fn.withMany('v128', 4, (pairs) => {
      const rowAt = (row: number) => at(rows, row).get;
      const interleave = (into: number, top: number, lanes: readonly number[]) =>
        at(pairs, into).set(f32x4.shuffle(rowAt(top), rowAt(top + 1), lanes));
      const low = [0, 4, 1, 5];
      const high = [2, 6, 3, 7];
      const column = (index: number) => {
        const lanes = index % 2 === 0 ? [0, 1, 4, 5] : [2, 3, 6, 7];
        const half = index < 2 ? 0 : 1;
        return f32x4.shuffle(at(pairs, half).get, at(pairs, half + 2).get, lanes);
      };
      return [
        rows.map((row, r) => row.set(r < block.rows ? block.load(r) : f32x4.const(0, 0, 0, 0))),
        interleave(0, 0, low),
        interleave(1, 0, high),
        interleave(2, 2, low),
        interleave(3, 2, high),
        Array.from({ length: block.columns }, (_, c) => block.store(c, column(c))),
      ];
    }),
  );
}

import { type Code, type Local, v128 } from '../../../encoder/index.ts';
import type { KernelFunction } from '../../kernel-function.ts';
import { FLOAT_BYTES, storeLanes, VECTOR_BYTES } from '../../lanes.ts';
import { walkVectors } from '../../walk-vectors.ts';
import { gatherTaps, PATCH, transformVectors, WINDOW } from './algebra.ts';
import { vectorBytes } from './plan.ts';

/** The sums of all positions, matrices [channels, filters], to be turned into the taps of a kernel. */
export interface TapGather {
  readonly channels: number;
  readonly filters: number;
  /** Bytes from one position to the next of the sums; their rows are whole vectors. */
  readonly positionBytes: number;
}

/** Along the rows of the window in place, then down its columns. */
export function emitTapGather(
  fn: KernelFunction,
  gather: TapGather,
  [sums, kernel]: readonly [Local, Local],
): Code {
  const { channels, filters, positionBytes } = gather;
  const lines = [{ start: sums.get, step: PATCH * positionBytes }];
  const columns = [
    { start: sums.get, step: positionBytes },
    { start: kernel.get, step: channels * filters * FLOAT_BYTES },
  ];
  const rows = (sum: Local, taps: Local) => [
    { start: sum.get, step: vectorBytes(filters) },
    { start: taps.get, step: filters * FLOAT_BYTES },
  ];
  return [
    fn.walk(PATCH, lines, (line) => gatherLine(fn, gather, line)),
    fn.walk(WINDOW, columns, (column, taps) =>
      fn.walk(channels, rows(column, taps), (from, to) =>
        walkVectors(fn, filters, [from, to], (lanes, [source, target]) =>
          source && target ? gatherColumn(fn, gather, lanes, [source, target]) : [],
        ),
      ),
    ),
  ];
}

/** Six positions to three, which take the places of the first. */
function gatherLine(fn: KernelFunction, { channels, filters, positionBytes }: TapGather, line: Local): Code {
  const vectors = (channels * vectorBytes(filters)) / VECTOR_BYTES;
  return fn.walk(vectors, [{ start: line.get, step: VECTOR_BYTES }], (place) =>
    transformVectors(
      fn,
      gatherTaps,
      (i) => v128.load(place.get, i * positionBytes),
      (i, value) => v128.store(place.get, value, i * positionBytes),
    ),
  );
}

function gatherColumn(
  fn: KernelFunction,
  { channels, filters, positionBytes }: TapGather,
  lanes: number,
  [from, to]: readonly [Local, Local],
): Code {
  const rowBytes = WINDOW * channels * filters * FLOAT_BYTES;
  return transformVectors(
    fn,
    gatherTaps,
    (i) => v128.load(from.get, i * PATCH * positionBytes),
    (i, value) =>
      fn.with('v128', (tap) => [tap.set(value), storeLanes(to.get, tap.get, lanes, i * rowBytes)]),
  );
}

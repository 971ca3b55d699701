import { type Code, type Local, v128 } from '../../../encoder/index.ts';
import type { KernelFunction } from '../../kernel-function.ts';
import { FLOAT_BYTES, VECTOR_BYTES } from '../../lanes.ts';
import { PATCH, TILE, type Transform, transformVectors } from './algebra.ts';
import { vectorBytes } from './plan.ts';

/** Rows of tiles of an image, to be turned into rows of the matrices of all positions. */
export interface Spread {
  readonly transform: Transform;
  readonly channels: number;
  /** Bytes of a row of pixels. */
  readonly rowBytes: number;
  readonly tileRows: number;
  /** Tiles of a row. */
  readonly tiles: number;
  /** Bytes from one position to the next of the matrices; their rows are whole vectors. */
  readonly positionBytes: number;
}

/** Floats of a row of pixels that tiles reach. */
function reach({ transform, channels, tiles }: Spread): number {
  return (tiles * TILE + transform.inputs - TILE) * channels;
}

/** Bytes that a row of tiles needs between its two transforms. */
export function spreadScratchBytes(spread: Spread): number {
  return PATCH * vectorBytes(reach(spread)) + VECTOR_BYTES;
}

/** Down the columns of pixels first, which neighbouring tiles share; then along the rows. */
export function emitSpread(
  fn: KernelFunction,
  spread: Spread,
  scratch: Code,
  [image, matrices]: readonly [Local, Local],
): Code {
  const rows = [
    { start: image.get, step: TILE * spread.rowBytes },
    { start: matrices.get, step: spread.tiles * vectorBytes(spread.channels) },
  ];
  return fn.walk(spread.tileRows, rows, (pixels, tiles) => [
    spreadColumns(fn, spread, scratch, pixels),
    spreadRows(fn, spread, scratch, tiles),
  ]);
}

function spreadColumns(fn: KernelFunction, spread: Spread, scratch: Code, pixels: Local): Code {
  const length = vectorBytes(reach(spread));
  const walks = [
    { start: scratch, step: VECTOR_BYTES },
    { start: pixels.get, step: VECTOR_BYTES },
  ];
  return fn.walk(length / VECTOR_BYTES, walks, (to, from) =>
    transformVectors(
      fn,
      spread.transform,
      (i) => v128.load(from.get, i * spread.rowBytes),
      (i, value) => v128.store(to.get, value, i * length),
    ),
  );
}

function spreadRows(fn: KernelFunction, spread: Spread, scratch: Code, tiles: Local): Code {
  const { channels, transform, positionBytes } = spread;
  const pixelBytes = channels * FLOAT_BYTES;
  const lines = [
    { start: scratch, step: vectorBytes(reach(spread)) },
    { start: tiles.get, step: PATCH * positionBytes },
  ];
  return fn.walk(PATCH, lines, (line, positions) => {
    const along = [
      { start: line.get, step: TILE * pixelBytes },
      { start: positions.get, step: vectorBytes(channels) },
    ];
    return fn.walk(spread.tiles, along, (pixel, row) => {
      const vectors = [pixel, row].map((pointer) => ({ start: pointer.get, step: VECTOR_BYTES }));
      return fn.walk(vectorBytes(channels) / VECTOR_BYTES, vectors, (from, to) =>
        transformVectors(
          fn,
          transform,
          (i) => v128.load(from.get, i * pixelBytes),
          (i, value) => v128.store(to.get, value, i * positionBytes),
        ),
      );
    });
  });
}

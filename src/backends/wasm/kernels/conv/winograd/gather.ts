import { type Code, f32x4, type Local, v128 } from '../../../encoder/index.ts';
import type { KernelFunction } from '../../kernel-function.ts';
import { FLOAT_BYTES, storeLanes, VECTOR_BYTES } from '../../lanes.ts';
import { walkVectors } from '../../walk-vectors.ts';
import { gatherOutputs, PATCH, TILE, transformVectors } from './algebra.ts';
import { vectorBytes } from './plan.ts';

/** Rows of tiles as rows of the products of all positions, to be turned into pixels. */
export interface Gather {
  readonly filters: number;
  /** Pixels of the image: rows of the last row of tiles, and those of a row of pixels. */
  readonly width: number;
  readonly tileRows: number;
  /** Tiles of a row. */
  readonly tiles: number;
  readonly positionBytes: number;
  /** One value for each filter, added to all pixels. */
  readonly bias: Local | undefined;
}

/** Bytes that a row of tiles needs between its two transforms. */
export function gatherScratchBytes(filters: number, tiles: number): number {
  return PATCH * tiles * TILE * vectorBytes(filters);
}

/** Along the rows of the tiles first; then down the columns, for `height` rows of pixels of each row of tiles. */
export function emitGather(
  fn: KernelFunction,
  gather: Gather,
  height: number,
  scratch: Code,
  [products, image]: readonly [Local, Local],
): Code {
  const rows = [
    { start: products.get, step: gather.tiles * vectorBytes(gather.filters) },
    { start: image.get, step: TILE * gather.width * gather.filters * FLOAT_BYTES },
  ];
  return fn.walk(gather.tileRows, rows, (tiles, pixels) => [
    gatherRows(fn, gather, scratch, tiles),
    gatherColumns(fn, gather, height, scratch, pixels),
  ]);
}

function gatherRows(fn: KernelFunction, gather: Gather, scratch: Code, tiles: Local): Code {
  const { filters, positionBytes } = gather;
  const pixelBytes = vectorBytes(filters);
  const lines = [
    { start: scratch, step: gather.tiles * TILE * pixelBytes },
    { start: tiles.get, step: PATCH * positionBytes },
  ];
  return fn.walk(PATCH, lines, (line, positions) => {
    const along = [
      { start: line.get, step: TILE * pixelBytes },
      { start: positions.get, step: pixelBytes },
    ];
    return fn.walk(gather.tiles, along, (pixel, row) => {
      const vectors = [pixel, row].map((pointer) => ({ start: pointer.get, step: VECTOR_BYTES }));
      return fn.walk(pixelBytes / VECTOR_BYTES, vectors, (to, from) =>
        transformVectors(
          fn,
          gatherOutputs,
          (i) => v128.load(from.get, i * positionBytes),
          (i, value) => v128.store(to.get, value, i * pixelBytes),
        ),
      );
    });
  });
}

function gatherColumns(
  fn: KernelFunction,
  gather: Gather,
  height: number,
  scratch: Code,
  pixels: Local,
): Code {
  const { filters, width, bias } = gather;
  const along = [
    { start: scratch, step: vectorBytes(filters) },
    { start: pixels.get, step: filters * FLOAT_BYTES },
  ];
  return fn.walk(width, along, (from, to) =>
    walkVectors(fn, filters, [from, to, ...(bias ? [bias] : [])], (lanes, [source, target, shift]) =>
      source && target ? gatherColumn(fn, gather, height, lanes, [source, target, shift]) : [],
    ),
  );
}

/** Some rows of one pixel and four filters, or what is left of them. */
function gatherColumn(
  fn: KernelFunction,
  { filters, width, tiles }: Gather,
  height: number,
  lanes: number,
  [from, to, bias]: readonly [Local, Local, Local | undefined],
): Code {
  const lineBytes = tiles * TILE * vectorBytes(filters);
  return transformVectors(
    fn,
    gatherOutputs,
    (i) => v128.load(from.get, i * lineBytes),
    (i, value) =>
      i >= height
        ? []
        : fn.with('v128', (pixel) => [
            pixel.set(bias ? f32x4.add(value, v128.load(bias.get)) : value),
            storeLanes(to.get, pixel.get, lanes, i * width * filters * FLOAT_BYTES),
          ]),
  );
}

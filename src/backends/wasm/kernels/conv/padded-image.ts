import { type Code, i32, ifElse, type Local, memory, select, v128 } from '../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../kernel-function.ts';
import { FLOAT_BYTES, storeLanes, VECTOR_BYTES } from '../lanes.ts';
import type { ConvGeometry, ImageLayout } from './geometry.ts';

/** Vectors moved in straight code before a loop is better. */
const LONGEST_STRAIGHT = 8;

/** Zeros for a whole image with its borders; the borders last while images come and go between them. */
export function clearImage(address: Code, layout: ImageLayout): Code {
  return memory.fill(address, i32.const(0), i32.const(layout.bytes));
}

/** Copies an image between the borders of a padded one. */
export function copyIntoPadded(
  fn: KernelFunction,
  geometry: ConvGeometry,
  layout: ImageLayout,
  [image, padded]: readonly [Code, Code],
): Code {
  return copyRows(
    fn,
    geometry,
    [interior(geometry, layout, padded), layout.rowBytes],
    [image, denseRow(geometry)],
  );
}

/** Only rows `first` to `first + count - 1` of a padded image: zeros, and between them what the image has there. */
export function padRows(
  fn: KernelFunction,
  geometry: ConvGeometry,
  layout: ImageLayout,
  [image, padded]: readonly [Local, Local],
  [first, count]: readonly [Local, Local],
): Code {
  const { input, low } = geometry;
  const rowBytes = i32.const(layout.rowBytes);
  return fn.withMany('i32', 2, ([from, to]) => {
    if (!from || !to) return [];
    const walks = [
      {
        start: i32.add(interior(geometry, layout, padded.get), i32.mul(from.get, rowBytes)),
        step: layout.rowBytes,
      },
      {
        start: i32.add(image.get, i32.mul(from.get, i32.const(denseRow(geometry)))),
        step: denseRow(geometry),
      },
    ];
    const [above, height] = [i32.const(low[0]), i32.const(input[0])];
    const isAbove = i32.ltS(first.get, above);
    const start = i32.add(padded.get, i32.mul(first.get, rowBytes));
    return [
      memory.fill(start, i32.const(0), i32.mul(count.get, rowBytes)),
      from.set(select(i32.const(0), i32.sub(first.get, above), isAbove)),
      to.set(i32.sub(i32.add(first.get, count.get), above)),
      to.set(select(to.get, height, i32.ltS(to.get, height))),
      ifElse(
        i32.gtS(to.get, from.get),
        fn.walk(i32.sub(to.get, from.get), walks, (target, source) =>
          copyFloats(fn, denseRow(geometry) / FLOAT_BYTES, [target, source]),
        ),
      ),
    ];
  });
}

/** Copies an image out from between the borders of a padded one. */
export function copyFromPadded(
  fn: KernelFunction,
  geometry: ConvGeometry,
  layout: ImageLayout,
  [image, padded]: readonly [Code, Code],
): Code {
  return copyRows(
    fn,
    geometry,
    [image, denseRow(geometry)],
    [interior(geometry, layout, padded), layout.rowBytes],
  );
}

function denseRow({ input, channels }: ConvGeometry): number {
  return input[1] * channels * FLOAT_BYTES;
}

function interior({ low }: ConvGeometry, layout: ImageLayout, padded: Code): Code {
  return offsetBy(padded, low[0] * layout.rowBytes + low[1] * layout.pixelBytes);
}

type Rows = readonly [start: Code, step: number];

function copyRows(fn: KernelFunction, geometry: ConvGeometry, to: Rows, from: Rows): Code {
  const walks = [
    { start: to[0], step: to[1] },
    { start: from[0], step: from[1] },
  ];
  return fn.walk(geometry.input[0], walks, (target, source) =>
    copyFloats(fn, denseRow(geometry) / FLOAT_BYTES, [target, source]),
  );
}

/** Copies so many floats exactly; up to three more are read. */
function copyFloats(fn: KernelFunction, floats: number, [target, source]: readonly [Local, Local]): Code {
  const vectors = Math.floor((floats * FLOAT_BYTES) / VECTOR_BYTES);
  const rest = floats % (VECTOR_BYTES / FLOAT_BYTES);
  const end = vectors * VECTOR_BYTES;
  const last = fn.with('v128', (vector) =>
    rest === 0 ? [] : [vector.set(v128.load(source.get, end)), storeLanes(target.get, vector.get, rest, end)],
  );
  return [moveVectors(fn, vectors, [target, source]), last];
}

function moveVectors(fn: KernelFunction, vectors: number, [target, source]: readonly [Local, Local]): Code {
  const straight = (count: number, to: Local, from: Local): Code =>
    Array.from({ length: count }, (_, v) =>
      v128.store(to.get, v128.load(from.get, v * VECTOR_BYTES), v * VECTOR_BYTES),
    );
  if (vectors <= LONGEST_STRAIGHT) return straight(vectors, target, source);
  const rounds = Math.floor(vectors / LONGEST_STRAIGHT);
  const moved = rounds * LONGEST_STRAIGHT * VECTOR_BYTES;
  const walks = [target, source].map((pointer) => ({
    start: pointer.get,
    step: LONGEST_STRAIGHT * VECTOR_BYTES,
  }));
  const rest = Array.from({ length: vectors % LONGEST_STRAIGHT }, (_, v) => moved + v * VECTOR_BYTES);
  return [
    fn.walk(rounds, walks, (to, from) => straight(LONGEST_STRAIGHT, to, from)),
    rest.map((offset) => v128.store(target.get, v128.load(source.get, offset), offset)),
  ];
}

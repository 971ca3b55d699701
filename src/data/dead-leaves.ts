import { NumberStream } from '../random/number-stream.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { HostArray } from './pipeline/element.ts';
import { requireWhole } from './pipeline/whole-number.ts';

/** Options of `makeDeadLeaves`. */
export interface DeadLeavesOptions {
  /** Default 30. */
  readonly images?: number;
  /** Pixels of a side. Default 128. */
  readonly size?: number;
  /** Radii in pixels: their density falls with the third power between the two. Default [2, size / 2]. */
  readonly radii?: readonly [least: number, greatest: number];
  /** Whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
}

/** Places inside a pixel along each axis at which it is looked at: edges come out as in a photograph, not as stairs. */
const SAMPLES = 3;

/** A disc, in samples. */
interface Leaf {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Images of opaque discs that hide one another, each of one grey: the statistics of edges in natural scenes at every scale.
 * Lee, Mumford, Huang 2001, "Occlusion models for natural images"; drawn from the front to the back (Kendall, Thonnes 1999).
 * @returns float32 [images, size, size] in 0 .. 1
 * @throws AntlerValueError unless 0 < least radius < greatest radius
 */
export function makeDeadLeaves(options: DeadLeavesOptions = {}): HostArray {
  requireKnownOptions(options, ['images', 'size', 'radii', 'seed'], 'makeDeadLeaves');
  const { images = 30, size = 128, seed = 0 } = options;
  requireWhole(images, 'images', 'makeDeadLeaves', 1);
  requireWhole(size, 'size', 'makeDeadLeaves', 1);
  const [least, greatest] = options.radii ?? [2, size / 2];
  if (!(least > 0 && greatest > least && greatest < Number.POSITIVE_INFINITY)) {
    throw new AntlerValueError({
      where: 'makeDeadLeaves',
      expected: 'radii [least, greatest] with 0 < least < greatest',
      got: `[${least}, ${greatest}]`,
    });
  }
  const data = new Float32Array(images * size * size);
  for (let image = 0; image < images; image++) {
    const leaves = drawLeaves(size * SAMPLES, [least * SAMPLES, greatest * SAMPLES], seed, image);
    averageSamples(leaves, size, data.subarray(image * size * size));
  }
  return { data, shape: [images, size, size] };
}

/** Greys of a square of samples, under leaves that fall until none can be seen between them. */
function drawLeaves(
  side: number,
  [least, greatest]: readonly [number, number],
  seed: number,
  image: number,
): Float32Array {
  const numbers = new NumberStream(seed, image);
  const greys = new Float32Array(side * side).fill(-1);
  const nearest = (greatest / least) ** -2;
  const extent = side + 2 * greatest;
  for (let open = side * side; open > 0; ) {
    const radius = least / Math.sqrt(1 - numbers.uniform() * (1 - nearest));
    const x = extent * numbers.uniform() - greatest;
    const y = extent * numbers.uniform() - greatest;
    open -= fillBehind(greys, side, { x, y, radius }, numbers.uniform());
  }
  return greys;
}

/** Colours what is still open under a leaf. @returns how many samples that were */
function fillBehind(greys: Float32Array, side: number, { x, y, radius }: Leaf, grey: number): number {
  let filled = 0;
  const lastRow = Math.min(side - 1, Math.floor(y + radius));
  for (let row = Math.max(0, Math.ceil(y - radius)); row <= lastRow; row++) {
    const half = Math.sqrt(radius * radius - (row - y) ** 2);
    const last = Math.min(side - 1, Math.floor(x + half));
    for (let column = Math.max(0, Math.ceil(x - half)); column <= last; column++) {
      if ((greys[row * side + column] as number) >= 0) continue;
      greys[row * side + column] = grey;
      filled++;
    }
  }
  return filled;
}

function averageSamples(samples: Float32Array, size: number, pixels: Float32Array): void {
  const side = size * SAMPLES;
  samples.forEach((grey, i) => {
    const pixel = Math.floor(i / side / SAMPLES) * size + Math.floor((i % side) / SAMPLES);
    pixels[pixel] = (pixels[pixel] as number) + grey / SAMPLES ** 2;
  });
}

import { NumberStream } from '../random/number-stream.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { HostArray } from './pipeline/element.ts';
import { requireWhole } from './pipeline/whole-number.ts';

/** Points and their classes, as `fit(x, y)` takes them. */
export interface LabelledPoints {
  /** float32 [samples, features]. */
  readonly x: HostArray;
  /** int32 [samples]. */
  readonly y: HostArray;
}

/** Options that all drawn datasets have. */
export interface PointOptions {
  /** Points in all, over the classes as evenly as can be. Default 100. */
  readonly samples?: number;
  /** Standard deviation of what is added to each coordinate. Default 0. */
  readonly noise?: number;
  /** Whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
}

/** Two half moons, the one inside the other's bend. As scikit-learn's `make_moons`. */
export function makeMoons(options: PointOptions = {}): LabelledPoints {
  return drawPoints('makeMoons', options, 2, (label, t) => {
    const angle = Math.PI * t;
    return label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  });
}

/** Two circles around 0: the outer of radius 1. @param options `factor` is the inner radius, default 0.8 */
export function makeCircles({
  factor = 0.8,
  ...options
}: PointOptions & { readonly factor?: number } = {}): LabelledPoints {
  return drawPoints('makeCircles', options, 2, (label, t) => {
    const [radius, angle] = [label === 0 ? 1 : factor, 2 * Math.PI * t];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** Arms that wind out of 0 to radius 1. @param options `classes`, default 2; `turns` of each arm, default 1 */
export function makeSpirals({
  classes = 2,
  turns = 1,
  ...options
}: PointOptions & { readonly classes?: number; readonly turns?: number } = {}): LabelledPoints {
  return drawPoints('makeSpirals', options, classes, (label, t) => {
    const angle = 2 * Math.PI * (turns * t + label / classes);
    return [t * Math.cos(angle), t * Math.sin(angle)];
  });
}

/** Four squares of a chessboard: class 0 where both coordinates have one sign. Uniform in [-1, 1]. */
export function makeXor(options: PointOptions = {}): LabelledPoints {
  return drawPoints('makeXor', options, 2, (label, _t, numbers) => {
    const [a, b] = [numbers.uniform(), numbers.uniform()];
    const sign = numbers.below(2) === 0 ? 1 : -1;
    return [sign * a, sign * (label === 0 ? b : -b)];
  });
}

/** Options of `makeBlobs`. */
export interface BlobOptions extends Omit<PointOptions, 'noise'> {
  /** Middles of the classes [classes][features], or their number; then they lie at random in [-10, 10]. Default 3. */
  readonly centers?: number | readonly (readonly number[])[];
  /** Features of points around random middles. Default 2. */
  readonly features?: number;
  /** Default 1. */
  readonly clusterStd?: number;
}

/** Clouds of points, normally distributed around middles. As scikit-learn's `make_blobs`. */
export function makeBlobs({
  centers = 3,
  features = 2,
  clusterStd = 1,
  ...options
}: BlobOptions = {}): LabelledPoints {
  const middles = typeof centers === 'number' ? randomCenters(centers, features, options.seed ?? 0) : centers;
  return drawPoints('makeBlobs', { ...options, noise: clusterStd }, middles.length, (label) =>
    at(middles, label),
  );
}

/** A branch of the seed that no point has. */
const CENTERS_BRANCH = 2 ** 40;

function randomCenters(count: number, features: number, seed: number): number[][] {
  requireWhole(count, 'centers', 'makeBlobs', 1);
  requireWhole(features, 'features', 'makeBlobs', 1);
  const numbers = new NumberStream(seed, CENTERS_BRANCH);
  return Array.from({ length: count }, () =>
    Array.from({ length: features }, () => 20 * numbers.uniform() - 10),
  );
}

/** A place of a class. @param t how far along the class, in [0, 1] */
type PlaceOf = (label: number, t: number, numbers: NumberStream) => readonly number[];

/** Draws points, the classes in turn. */
function drawPoints(name: string, options: PointOptions, classes: number, place: PlaceOf): LabelledPoints {
  requireKnownOptions(options, ['samples', 'noise', 'seed'], name);
  const { samples = 100, noise = 0, seed = 0 } = options;
  requireWhole(classes, 'classes', name, 1);
  requireWhole(samples, 'samples', name, 1);
  if (!(noise >= 0)) throw new AntlerValueError({ where: name, expected: 'noise >= 0', got: `${noise}` });
  const labels = Int32Array.from({ length: samples }, (_, i) => i % classes);
  const points = Array.from(labels, (label, i) => {
    const numbers = new NumberStream(seed, i);
    const inClass = Math.ceil((samples - label) / classes);
    const t = inClass > 1 ? Math.floor(i / classes) / (inClass - 1) : 0;
    return place(label, t, numbers).map((coordinate) => coordinate + noise * numbers.normal());
  });
  return {
    x: { data: Float32Array.from(points.flat()), shape: [samples, at(points, 0).length] },
    y: { data: labels, shape: [samples] },
  };
}

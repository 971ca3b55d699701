import { maximumMargin, perceptron } from '../../classic/index.ts';
import { tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';

/** Dimensions of the sets: all of them, in turn. */
const DIMENSIONS = { least: 2, most: 50 } as const;
const ROWS = 100;
/** Rows keep this distance from the plane that named them. */
const GAP = 0.1;
/** Never reached: the bound on mistakes is lower for every set. */
const MAX_PASSES = 1_000_000;

/** Points of two classes that some plane parts. */
export interface SeparableSet {
  readonly dimensions: number;
  /** [rows, dimensions] */
  readonly points: readonly (readonly number[])[];
  /** -1 or 1, [rows] */
  readonly targets: readonly number[];
}

/** Normal points, named by the side of a random plane on which they lie; those near the plane are left out. */
export function separableSet(stream: NumberStream, dimensions: number, rows = ROWS): SeparableSet {
  const direction = Array.from({ length: dimensions }, () => stream.normal());
  const length = Math.hypot(...direction);
  const offset = stream.normal() / 2;
  const points: number[][] = [];
  const targets: number[] = [];
  while (points.length < rows) {
    const point = direction.map(() => stream.normal());
    const side = point.reduce((sum, x, i) => sum + (x * at(direction, i)) / length, offset);
    if (Math.abs(side) < GAP) continue;
    points.push(point);
    targets.push(Math.sign(side));
  }
  return { dimensions, points, targets };
}

/** (R / margin)^2 in the space of (x, 1), for the widest margin there is. Novikoff 1962. */
export function mistakeBound({ points, targets }: Pick<SeparableSet, 'points' | 'targets'>): number {
  const extended = points.map((point) => [...point, 1]);
  const { margin } = maximumMargin(tensor(extended, 'float64'), targets);
  return (Math.max(...extended.map((row) => Math.hypot(...row))) / margin) ** 2;
}

/** Mistakes and bounds of random sets. */
export type BoundTrials = {
  readonly dimensions: number[];
  readonly mistakes: number[];
  readonly bounds: number[];
  /** Sets that learning separated. */
  readonly separated: number;
};

/** Learns `sets` separable sets in 2 .. 50 dimensions to the end and counts mistakes beside the bound. */
export async function boundTrials(seed: number, sets: number, progress: Progress): Promise<BoundTrials> {
  const trials = { dimensions: [], mistakes: [], bounds: [], separated: 0 } as {
    dimensions: number[];
    mistakes: number[];
    bounds: number[];
    separated: number;
  };
  const { least, most } = DIMENSIONS;
  for (let i = 0; i < sets; i++) {
    const set = separableSet(new NumberStream(seed, i), least + (i % (most - least + 1)));
    const learner = perceptron({ maxPasses: MAX_PASSES });
    const report = await learner.fit(tensor(set.points, 'float64'), set.targets);
    trials.dimensions.push(set.dimensions);
    trials.mistakes.push(report.mistakes);
    trials.bounds.push(mistakeBound(set));
    trials.separated += Number(report.separated);
    await progress((i + 1) / sets, `${set.dimensions} dimensions`);
  }
  return trials;
}

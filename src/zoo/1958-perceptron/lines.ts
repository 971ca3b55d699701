import { perceptron } from '../../classic/index.ts';
import { tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import { type SeparableSet, separableSet } from './novikoff.ts';

/** A plane of points, and the line that each mistake left behind. */
export type LineHistory = {
  readonly points: readonly (readonly number[])[];
  readonly targets: readonly number[];
  /** (b, w1, w2) after each mistake. */
  readonly lines: readonly (readonly number[])[];
};

const POINTS = 60;
/** Sets are drawn until learning one takes so many mistakes, as many as a picture can tell of. */
const MISTAKES = { least: 6, most: 12 } as const;

/** Learns points of a plane one by one, and keeps the line after each mistake. */
export async function lineHistory(seed: number): Promise<LineHistory> {
  for (let attempt = 0; ; attempt++) {
    const set = separableSet(new NumberStream(seed, attempt), 2, POINTS);
    const lines = await linesOf(set);
    if (lines.length >= MISTAKES.least && lines.length <= MISTAKES.most) {
      return { points: set.points, targets: set.targets, lines };
    }
  }
}

async function linesOf({ points, targets }: SeparableSet): Promise<number[][]> {
  const learner = perceptron();
  const lines: number[][] = [];
  for (let step = 0, right = 0; right < points.length && lines.length <= MISTAKES.most; step++) {
    const row = step % points.length;
    const { mistakesPerPass } = await learner.partialFit(tensor([at(points, row)], 'float64'), [
      at(targets, row),
    ]);
    right = mistakesPerPass.at(-1) === 0 ? right + 1 : 0;
    if (right > 0) continue;
    const { weights, bias } = learner.last;
    lines.push([...(await bias.data()), ...(await weights.data())]);
  }
  return lines;
}

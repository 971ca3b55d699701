import { tensor } from '../../ops/create.ts';
import { concat, reshape, stack } from '../../ops/shape/shape.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { grad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import { Variable } from '../../tensor/variable.ts';
import type { Progress } from '../study.ts';
import type { Landscape } from './landscapes.ts';

/** One way down a landscape. */
export interface Runner {
  readonly landscape: Landscape;
  optimizer(): Optimizer;
}

/** How a runner went down. */
export type Way = {
  /** The first step after which the height was below the goal; null if none was. */
  readonly steps: number | null;
  /** The start, and the place after each step until the goal: x and y in turn, in double precision. */
  readonly places: Float64Array;
  /** The height after each of these steps. */
  readonly heights: Float64Array;
};

/** The height at which a descent has arrived. */
export const GOAL = 1e-6;

/** No more places of a way are kept. */
const LONGEST_WAY = 20_000;

/** Lets optimizers descend side by side in one compiled step, in double precision, until all are below the goal. */
export async function race(
  runners: readonly Runner[],
  { limit, goal = GOAL }: { readonly limit: number; readonly goal?: number },
  progress: Progress,
): Promise<Way[]> {
  const step = compiledStep(runners);
  const ways = runners.map(({ landscape: { start } }) => ({
    steps: null as number | null,
    places: [...start] as number[],
    heights: [] as number[],
  }));
  for (let count = 1; count <= limit && ways.some(({ steps }) => steps === null); count++) {
    const result = step();
    const values = await result.data();
    result.dispose();
    ways.forEach((way, i) => {
      const [x = 0, y = 0, height = 0] = values.subarray(3 * i, 3 * i + 3);
      if (way.steps !== null) return;
      if (height < goal) way.steps = count;
      if (way.heights.length >= LONGEST_WAY) return;
      way.places.push(x, y);
      way.heights.push(height);
    });
    if (count % 500 === 0) await progress(count / limit, `step ${count}`);
  }
  return ways.map(({ steps, places, heights }) => ({
    steps,
    places: Float64Array.from(places),
    heights: Float64Array.from(heights),
  }));
}

/** A step of every runner: [runners, 3], the place and the height where each is then. */
function compiledStep(runners: readonly Runner[]) {
  const racing = runners.map(({ landscape, optimizer: make }) => {
    const place = new Variable(tensor(Float64Array.from(landscape.start)));
    const optimizer = make();
    optimizer.build([place]);
    return { place, optimizer, landscape };
  });
  return jit(() =>
    stack(
      racing.map(({ place, optimizer, landscape }) => {
        optimizer.apply([grad(landscape.height)(place.read())], [place]);
        const now = place.read();
        return concat([now, reshape(landscape.height(now), [1])]);
      }),
    ),
  );
}

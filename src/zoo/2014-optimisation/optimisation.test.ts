import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/create.ts';
import { mul, square } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { adam, sgd } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { CONTENDERS } from './contenders.ts';
import { descendByCurvature, KNOWN_CONTRACTIONS, measureContractions, SCIPY_COUNTS } from './curvature.ts';
import { countDeviation } from './findings.ts';
import { beale, type Landscape, rosenbrock, valley } from './landscapes.ts';
import { race } from './race.ts';

const quietly = async () => {};
const heightAt = ({ height }: Landscape, x: number, y: number) =>
  height(tensor(Float64Array.of(x, y))).item();
const slopeAt = async ({ height }: Landscape, x: number, y: number) => [
  ...(await grad(height)(tensor(Float64Array.of(x, y))).data()),
];

describe('landscapes', () => {
  it('have the heights and slopes of their formulas', async () => {
    expect(await heightAt(rosenbrock, -1.2, 1)).toBeCloseTo(24.2, 12);
    expect(await slopeAt(rosenbrock, -1.2, 1)).toEqual([-215.6, -88].map((x) => expect.closeTo(x, 10)));
    expect(await heightAt(beale, 0, 0)).toBe(14.203125);
    expect(await heightAt(beale, 1, 1)).toBe(14.203125);
  });

  it.each([rosenbrock, beale, valley(100)])('are 0 and level at the minimum: $name', async (landscape) => {
    expect(await heightAt(landscape, ...landscape.minimum)).toBe(0);
    for (const slope of await slopeAt(landscape, ...landscape.minimum)) expect(Math.abs(slope)).toBe(0);
  });
});

/** Three steps on x²/2 from 1 at rate 0.1, and the velocity after each. */
async function onParabola(optimizer: Optimizer): Promise<{ x: number[]; velocity: number[] }> {
  const x = new Variable(tensor(Float64Array.of(1)));
  optimizer.build([x]);
  const way = { x: [] as number[], velocity: [] as number[] };
  for (let i = 0; i < 3; i++) {
    optimizer.apply([grad((place: Tensor) => sum(mul(square(place), 0.5)))(x.read())], [x]);
    way.x.push(await x.read().item());
    way.velocity.push(await (optimizer.variables[2]?.read() ?? x.read()).item());
  }
  return way;
}

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 8));

describe('known answers on x²/2', () => {
  it('of momentum', async () => {
    expect((await onParabola(sgd({ learningRate: 0.1, momentum: 0.9 }))).x).toEqual(near([0.9, 0.72, 0.486]));
  });

  it('of Nesterov, whose variable is ahead of the paper’s by the momentum', async () => {
    const { x, velocity } = await onParabola(sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }));
    expect(x.map((ahead, i) => ahead - 0.9 * (velocity[i] ?? 0))).toEqual(near([0.9, 0.729, 0.51759]));
  });

  it('of Adam', async () => {
    // the paper's 1e-8 stands beside the corrected root of the mean square; ours beside the root itself
    const { x } = await onParabola(adam({ learningRate: 0.1, epsilon: 1e-8 * Math.sqrt(1 - 0.999) }));
    expect(x).toEqual(near([0.9, 0.80041223, 0.70158627]));
  });
});

describe('descents', () => {
  it('need the known numbers of steps', async () => {
    const quick = CONTENDERS.filter(({ known }) => known !== null && known < 1200);
    const ways = await race(quick, { limit: 1200 }, quietly);
    const descents = quick.map((contender, i) => ({ ...contender, way: ways[i] ?? expect.fail('a way') }));
    expect(countDeviation(descents, [])).toBeLessThanOrEqual(1);
    expect(ways[0]?.places).toHaveLength(2 * ((ways[0]?.steps ?? 0) + 1));
  });

  it('count one that does not arrive as all its steps', async () => {
    const [contender] = CONTENDERS;
    if (!contender) expect.fail('a contender');
    const [way] = await race([contender], { limit: 3 }, quietly);
    if (!way) expect.fail('a way');
    expect(way.steps).toBeNull();
    expect(countDeviation([{ ...contender, limit: 3, way }], [])).toBe(15_065);
    expect(countDeviation([{ ...contender, known: null, limit: 3, way }], [])).toBe(0);
  });

  it.each(SCIPY_COUNTS)(
    'by curvature need as many as SciPy on $landscape.name',
    async ({ landscape, iterations, evaluations }) => {
      const way = await descendByCurvature(landscape);
      expect(Math.abs(way.iterations - iterations)).toBeLessThanOrEqual(1);
      expect(Math.abs(way.evaluations - evaluations)).toBeLessThanOrEqual(1);
      expect(way.places).toHaveLength(2 * (way.iterations + 1));
    },
  );

  it('contract a valley of condition 100 as theory says', async () => {
    const found = await measureContractions(quietly);
    expect(found.gradientDescent).toBeCloseTo(KNOWN_CONTRACTIONS.gradientDescent, 6);
    // two roots fall together, so that the factor is met only as 1 + 1 / steps
    expect(Math.abs(found.heavyBall - KNOWN_CONTRACTIONS.heavyBall)).toBeLessThan(1e-3);
    expect(KNOWN_CONTRACTIONS.heavyBall).toBeCloseTo(0.818182, 6);
  });
});

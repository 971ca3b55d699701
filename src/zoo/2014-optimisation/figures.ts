import { tensor } from '../../ops/create.ts';
import { barChart, lineChart, planeChart } from '../../plot/index.ts';
import { vmap } from '../../tensor/vmap.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import type { CurvatureWay } from './curvature.ts';
import type { Descent } from './descent.ts';
import type { Epoch, RangeTest } from './digits.ts';
import { beale, type Landscape, rosenbrock } from './landscapes.ts';
import { GOAL } from './race.ts';

interface View {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Decimal logarithms of the heights at which contours are drawn. */
  readonly contours: readonly number[];
}

const VIEWS: ReadonlyMap<Landscape, View> = new Map([
  [rosenbrock, { x: [-1.6, 1.6], y: [-0.6, 1.8], contours: [-1, 0, 0.5, 1, 1.5, 2, 2.5] }],
  [beale, { x: [0.5, 3.6], y: [-1.6, 1.4], contours: [-2, -1, -0.5, 0, 0.5, 1, 1.5, 2] }],
]);

const CELLS = 128;
/** The logarithm of nothing is nowhere. */
const FLOOR = 1e-4;

/** The logarithms of the heights over a view, the first row at the lowest y. */
function logHeights({ height }: Landscape, { x, y }: View): Float64Array {
  const middle = ([low, high]: readonly [number, number], i: number) =>
    low + ((i + 0.5) / CELLS) * (high - low);
  const cells = Float64Array.from({ length: 2 * CELLS ** 2 }, (_, i) => {
    const cell = Math.floor(i / 2);
    return i % 2 === 0 ? middle(x, cell % CELLS) : middle(y, Math.floor(cell / CELLS));
  });
  const heights = vmap(height)(tensor(cells, [CELLS ** 2, 2])).dataSync();
  return Float64Array.from(heights, (value) => Math.log10(value + FLOOR));
}

function pathOf(name: string, places: Float64Array) {
  return { name, x: places.filter((_, i) => i % 2 === 0), y: places.filter((_, i) => i % 2 === 1) };
}

/** The ways down a landscape on its contours. */
export function drawPaths(
  landscape: Landscape,
  descents: readonly Descent[],
  curved: CurvatureWay | undefined,
): Figure {
  const view = VIEWS.get(landscape) ?? at([...VIEWS.values()], 0);
  const own = descents.filter((descent) => descent.landscape === landscape && descent.known !== null);
  const title = `Ways down ${landscape.name}'s function`;
  const svg = planeChart({
    title,
    x: { label: 'x', range: view.x },
    y: { label: 'y', range: view.y },
    field: {
      columns: CELLS,
      rows: CELLS,
      values: logHeights(landscape, view),
      colours: 'grey',
      contours: view.contours,
    },
    paths: [
      ...own.map(({ name, way }) => pathOf(name, way.places)),
      ...(curved ? [pathOf('L-BFGS', curved.places)] : []),
    ],
    width: 680,
  });
  return {
    title,
    caption:
      'The darker, the lower; contours at heights that grow by factors. A small dot marks the start, a large one the end of each way.',
    svg,
  };
}

/** Heights against steps on Rosenbrock's function. */
export function drawHeights(descents: readonly Descent[], curved: CurvatureWay | undefined): Figure {
  const own = descents.filter(({ landscape }) => landscape === rosenbrock);
  const curve = (name: string, heights: Float64Array) => ({
    name,
    x: heights.map((_, i) => i + 1),
    y: heights,
  });
  const svg = lineChart({
    title: "Height against steps on Rosenbrock's function",
    x: { label: 'steps', scale: 'log' },
    y: { label: 'height', scale: 'log', range: [GOAL / 10, 1000] },
    series: [
      ...own.map(({ name, way }) => curve(name, way.heights)),
      ...(curved ? [curve('L-BFGS', curved.heights.subarray(1))] : []),
    ],
    levels: [{ value: GOAL, name: 'arrived' }],
    width: 720,
  });
  return {
    title: 'How fast they go down',
    caption:
      'L-BFGS learns the curvature of the valley and needs tens of steps. RMSprop with a fixed rate is quick at first and then keeps jumping across the floor.',
    svg,
  };
}

/** The range tests of all optimizers. */
export function drawRangeTests(tests: readonly RangeTest[]): Figure {
  const svg = lineChart({
    title: 'Learning-rate range test of LeNet on MNIST',
    x: { label: 'learning rate', scale: 'log' },
    y: { label: 'mean loss, nats' },
    series: [
      ...tests.map(({ rival, rates, losses }) => ({ name: rival, x: rates, y: losses })),
      {
        name: 'steepest fall',
        x: tests.map(({ rate }) => rate),
        y: tests.map(({ rate, rates, losses }) => at(losses, rates.indexOf(rate))),
        style: 'points',
      },
    ],
  });
  return {
    title: 'Where the loss falls',
    caption:
      'The rate grows by one factor from step to step. It is taken where the mean loss falls most steeply.',
    svg,
  };
}

export function drawDigits(epochs: readonly Epoch[]): Figure {
  const svg = barChart({
    title: 'Test error after one epoch',
    unit: '% of the test images',
    series: ['test error'],
    groups: epochs.map(({ name, accuracy, rate }) => ({
      name: `${name} (${rate.toPrecision(2)})`,
      values: [100 * (1 - accuracy)],
    })),
    format: (value) => `${value.toFixed(2)} %`,
  });
  return {
    title: 'One epoch of LeNet',
    caption:
      "Each optimizer at the rate of its own range test, in brackets; plain SGD also at momentum's, which is what leaving the momentum away does.",
    svg,
  };
}

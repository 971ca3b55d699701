import { at } from '../../ops/index/indexing.ts';
import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** A function of two numbers to be made small. */
export interface Landscape {
  readonly name: string;
  /** Where a descent begins. */
  readonly start: readonly [x: number, y: number];
  readonly minimum: readonly [x: number, y: number];
  /** @param point float64 [2] @returns a scalar, 0 at the minimum */
  height(point: Tensor): Tensor;
}

const coordinates = (point: Tensor) => [at(point, 0), at(point, 1)] as const;

/** (1 - x)² + 100 (y - x²)²: a curved valley with a floor that hardly falls. Rosenbrock 1960. */
export const rosenbrock: Landscape = {
  name: 'Rosenbrock',
  start: [-1.2, 1],
  minimum: [1, 1],
  height(point) {
    const [x, y] = coordinates(point);
    return add(square(sub(1, x)), mul(100, square(sub(y, square(x)))));
  },
};

/** (1.5 - x + xy)² + (2.25 - x + xy²)² + (2.625 - x + xy³)²: plateaus with steep walls. Beale 1958. */
export const beale: Landscape = {
  name: 'Beale',
  start: [1, 1],
  minimum: [3, 0.5],
  height(point) {
    const [x, y] = coordinates(point);
    const powers = [y, mul(y, y), mul(mul(y, y), y)];
    const terms = [1.5, 2.25, 2.625].map((constant, i) =>
      square(add(sub(constant, x), mul(x, powers[i] ?? y))),
    );
    return terms.reduce((sum, term) => add(sum, term));
  },
};

/** (x² + κ y²) / 2: a valley κ times as steep across as along. */
export function valley(condition: number): Landscape {
  return {
    name: `valley of condition ${condition}`,
    start: [1, 1],
    minimum: [0, 0],
    height(point) {
      const [x, y] = coordinates(point);
      return mul(add(square(x), mul(condition, square(y))), 0.5);
    },
  };
}

import { at } from '../../util/errors.ts';
import { addScaled, dot } from './vectors.ts';

/** A step and how it changed the gradient. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** Their inner product, positive. */
  readonly product: number;
}

/** What L-BFGS remembers: the last steps, and the inverse of the Hessian that they imply (Liu and Nocedal 1989). */
export class CurvaturePairs {
  readonly #capacity: number;
  #pairs: Pair[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#pairs.length === 0;
  }

  clear(): void {
    this.#pairs = [];
  }

  /** Takes a pair in, if its curvature is positive beyond rounding, and forgets the oldest beyond the capacity. */
  add(step: Float64Array, change: Float64Array, slope: number): void {
    const product = dot(step, change);
    if (product <= Number.EPSILON * -slope) return;
    this.#pairs.push({ step, change, product });
    if (this.#pairs.length > this.#capacity) this.#pairs.shift();
  }

  /** Minus the inverse Hessian times the gradient, by the two loops of Nocedal 1980. */
  direction(gradient: Float64Array): Float64Array {
    const result = gradient.map((element) => -element);
    const shares = this.#pairs.map(() => 0);
    for (let i = this.#pairs.length - 1; i >= 0; i--) {
      const { step, change, product } = at(this.#pairs, i);
      const share = dot(step, result) / product;
      shares[i] = share;
      addScaled(result, change, -share);
    }
    const last = this.#pairs.at(-1);
    if (last) {
      const scale = last.product / dot(last.change, last.change);
      result.forEach((element, i) => {
        result[i] = scale * element;
      });
    }
    this.#pairs.forEach(({ step, change, product }, i) => {
      addScaled(result, step, at(shares, i) - dot(change, result) / product);
    });
    return result;
  }
}

import { add, clip, div, maximum, mul, square } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';

/** At most one way to bound gradients. As Keras 3. */
export interface ClipOptions {
  /** Longest norm of each gradient. */
  readonly clipnorm: number | null;
  /** Largest magnitude of each element. */
  readonly clipvalue: number | null;
  /** Longest norm of all gradients together. */
  readonly globalClipnorm: number | null;
}

export const NO_CLIPPING: ClipOptions = { clipnorm: null, clipvalue: null, globalClipnorm: null };

/** @throws AntlerValueError for two ways at once, and for a bound that is not positive */
export function checkClipping(options: ClipOptions, where: string): void {
  const { clipnorm, clipvalue, globalClipnorm } = options;
  const given = Object.entries({ clipnorm, clipvalue, globalClipnorm }).filter(([, bound]) => bound !== null);
  if (given.length > 1) {
    const got = given.map(([name, bound]) => `${name}: ${bound}`).join(' and ');
    throw new AntlerValueError({ where, expected: 'one of clipnorm, clipvalue and globalClipnorm', got });
  }
  for (const [name, bound] of given) {
    if (!(Number(bound) > 0)) throw new AntlerValueError({ where, expected: `${name} > 0`, got: `${bound}` });
  }
}

/** The gradients within the bound; those that are within it already stay as they are. */
export function clipGradients(gradients: readonly Tensor[], options: ClipOptions): readonly Tensor[] {
  const { clipnorm, clipvalue, globalClipnorm } = options;
  if (clipvalue !== null) return gradients.map((g) => clip(g, -clipvalue, clipvalue));
  if (clipnorm !== null) return gradients.map((g) => mul(g, shrinking(sum(square(g)), clipnorm)));
  if (globalClipnorm === null) return gradients;
  const squares = gradients.map((g) => sum(square(g)));
  const factor = shrinking(squares.reduce(add), globalClipnorm);
  return gradients.map((g) => mul(g, factor));
}

/** bound / norm where the norm exceeds the bound, else 1. */
function shrinking(squaredNorm: Tensor, bound: number): Tensor {
  return div(bound, maximum(sqrt(squaredNorm), bound));
}

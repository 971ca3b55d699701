import { abs, add, mul, square } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { lookUp } from '../util/suggest.ts';

/** A penalty on a weight that is added to the loss: weight [...] to scalar. */
export interface Regularizer {
  /** Keras's name of the class. */
  readonly className: string;
  readonly config: Readonly<Record<string, number>>;
  penalty(weight: Tensor): Tensor;
}

/** A regularizer, or the name of one with its default factor. */
export type RegularizerLike = Regularizer | 'l1' | 'l2' | 'l1l2';

/** Adds factor * sum |w|. As Keras 3, `l1` default 0.01. */
export function l1(options: { readonly l1?: number } = {}): Regularizer {
  const factor = options.l1 ?? 0.01;
  return { className: 'L1', config: { l1: factor }, penalty: (w) => mul(sum(abs(w)), factor) };
}

/** Adds factor * sum w^2. As Keras 3, `l2` default 0.01. */
export function l2(options: { readonly l2?: number } = {}): Regularizer {
  const factor = options.l2 ?? 0.01;
  return { className: 'L2', config: { l2: factor }, penalty: (w) => mul(sum(square(w)), factor) };
}

/** Adds l1 * sum |w| + l2 * sum w^2. As Keras 3, both default 0. */
export function l1l2(options: { readonly l1?: number; readonly l2?: number } = {}): Regularizer {
  const first = l1({ l1: options.l1 ?? 0 });
  const second = l2({ l2: options.l2 ?? 0 });
  return {
    className: 'L1L2',
    config: { ...first.config, ...second.config },
    penalty: (w) => add(first.penalty(w), second.penalty(w)),
  };
}

/** What a name alone stands for; `l1l2` by name has both factors at 0.01, as in Keras. */
const BY_NAME = { l1: () => l1(), l2: () => l2(), l1l2: () => l1l2({ l1: 0.01, l2: 0.01 }) };

/** @throws AntlerValueError for a name it does not know */
export function resolveRegularizer(regularizer: RegularizerLike, where: string): Regularizer {
  if (typeof regularizer === 'object') return regularizer;
  return lookUp<() => Regularizer>(BY_NAME, regularizer, { where, kind: 'a regularizer' })();
}

import { add, cast, mod, mul, sub, where } from '../ops/math/arithmetic.ts';
import { equal } from '../ops/math/compare.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { OptimizerConfig } from './options.ts';

interface Averaged {
  readonly average: Tensor;
  /** The variable, or the average if it is time for that. */
  readonly value: Tensor;
}

/**
 * The moving average of a variable after an update; the first is the variable itself. As Keras 3.
 * @param updates made before this one, int32 scalar
 */
export function nextAverage(
  value: Tensor,
  average: Tensor,
  updates: Tensor,
  { emaMomentum, emaOverwriteFrequency }: OptimizerConfig,
): Averaged {
  const momentum = cast(where(equal(updates, 0), 0, emaMomentum), value.dtype);
  const next = add(mul(momentum, average), mul(sub(1, momentum), value));
  if (emaOverwriteFrequency === null) return { average: next, value };
  const isTime = equal(mod(add(updates, 1), emaOverwriteFrequency), 0);
  return { average: next, value: where(isTime, next, value) };
}

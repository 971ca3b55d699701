import { matmul } from '../../ops/linalg/linalg.ts';
import { where } from '../../ops/math/arithmetic.ts';
import { reshape, swapaxes } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { maskedSoftmax } from './attention-masks.ts';

/** What attention gives. */
interface Attended {
  /** [groups, queries, depth of values]. */
  readonly output: Tensor;
  /** How much each query takes of each value: [groups, queries, keys]. */
  readonly scores: Tensor;
}

/** What attention works on. */
export interface DotProduct {
  /** [groups, queries, depth], scaled already. */
  readonly query: Tensor;
  /** [keyGroups, keys, depth]; as many neighbouring groups of queries share one of keys as there are for each. */
  readonly key: Tensor;
  /** [keyGroups, keys, depth of values]. */
  readonly value: Tensor;
  /** Which keys count, bool, broadcast to the scores. */
  readonly mask: Tensor | undefined;
  /** Whether the mask may leave a query without keys; it then takes nothing, where softmax would give it all alike. */
  readonly mayHideAll: boolean;
  /** What becomes of scores before they weigh values: dropout. */
  readonly drop: (scores: Tensor) => Tensor;
}

/** softmax(query key^T) value (Vaswani et al. 2017), group by group. */
export function dotProductAttention({ query, key, value, mask, mayHideAll, drop }: DotProduct): Attended {
  const rows = query.shape.slice(0, -1);
  // queries that share keys stand in one matrix: nothing is repeated
  const together = (x: Tensor) => reshape(x, [at(key.shape, 0), -1, at(x.shape, -1)]);
  const apart = (x: Tensor) => reshape(x, [...rows, at(x.shape, -1)]);
  const products = apart(matmul(together(query), swapaxes(key, 1, 2)));
  const shares = maskedSoftmax(products, mask);
  const scores = mask && mayHideAll ? where(mask, shares, 0) : shares;
  return { output: apart(matmul(together(drop(scores)), value)), scores };
}

import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';

/** What `fit` has found. @throws AntlerValueError before it */
export function requireFitted<Found>(found: Found | undefined, where: string): Found {
  if (found !== undefined) return found;
  throw new AntlerValueError({
    where,
    expected: 'an estimator that was fitted',
    got: 'one that was not',
    fix: 'call fit(x) first',
  });
}

/** @throws AntlerShapeError unless there are rows of so many columns */
export function requireRows(x: Tensor, where: string, columns?: number): void {
  const [rows = 0, found = 0] = x.shape;
  if (x.rank === 2 && rows > 0 && found > 0 && (columns === undefined || columns === found)) return;
  throw new AntlerShapeError({
    where,
    expected: `[rows, ${columns ?? 'columns'}]`,
    got: formatShape(x.shape),
  });
}

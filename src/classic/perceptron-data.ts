import { type TensorLike, toTensor } from '../ops/convert.ts';
import { isFinite as isFiniteElement } from '../ops/math/compare.ts';
import { all } from '../ops/reduce/reduce.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { isFloat } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { requireRows } from './fitted.ts';

/** The answers a perceptron can learn. */
export interface TargetKind {
  readonly expected: string;
  includes(target: number): boolean;
}

/** Two classes. */
export const SIGNS: TargetKind = {
  expected: '-1 or 1',
  includes: (target) => target === -1 || target === 1,
};

/**
 * Rows of finite numbers, as they came.
 * @throws AntlerShapeError, AntlerValueError for anything else; the latter says where the first wrong number is
 */
export function finiteRows(x: TensorLike, where: string, columns?: number): Tensor {
  const rows = toTensor(x, where);
  requireRows(rows, where, columns);
  const isClean = !isFloat(rows.dtype) || all(isFiniteElement(rows)).itemSync() !== 0;
  if (!isClean) requireFinite(rows.dataSync(), at(rows.shape, 1), where);
  return rows;
}

/** @throws AntlerValueError that says where the first number is that is not finite */
export function requireFinite(values: ArrayLike<number>, columns: number, where: string): void {
  const index = Array.prototype.findIndex.call(values, (value: number) => !Number.isFinite(value));
  if (index < 0) return;
  throw new AntlerValueError({
    where,
    expected: 'finite numbers',
    got: `${at(values, index)} in row ${Math.floor(index / columns)}, column ${index % columns}`,
    fix: 'leave out such rows, or fill in what is missing',
  });
}

/**
 * One answer for each row, int32 [rows].
 * @throws AntlerShapeError, AntlerValueError for another number of them, and for answers of another kind
 */
export function targetsOf(targets: TensorLike, count: number, kind: TargetKind, where: string): Tensor {
  const given = toTensor(targets, where);
  if (given.rank !== 1 || given.shape[0] !== count) {
    throw new AntlerShapeError({
      where,
      expected: `one target a row, [${count}]`,
      got: formatShape(given.shape),
    });
  }
  const values = given.dataSync();
  const wrong = values.find((target) => !kind.includes(target));
  if (wrong === undefined) return fromHost(Int32Array.from(values), [count], 'int32');
  throw new AntlerValueError({ where, expected: `targets ${kind.expected}`, got: `${wrong}` });
}

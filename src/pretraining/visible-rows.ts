import { asRows, type RowsLike } from '../models/rows.ts';
import { type TensorLike, toTensor } from '../ops/convert.ts';
import { tensor } from '../ops/create.ts';
import { cast } from '../ops/math/arithmetic.ts';
import { max, min } from '../ops/reduce/reduce.ts';
import { stack } from '../ops/shape/shape.ts';
import { realizeOne } from '../tensor/realize.ts';
import { Tensor } from '../tensor/tensor.ts';
import { currentTrace, keepsHistory } from '../tensor/trace.ts';
import type { TypedArray } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import type { UnitKind } from './units.ts';

/** What a machine takes for rows of its visible units. */
export interface VisibleRows {
  readonly kind: UnitKind;
  readonly units: number;
  /** Names the caller in errors. */
  readonly where: string;
}

/**
 * Rows for the visible units as a tensor [count, units] in the type they came in: bytes stay bytes.
 * @throws AntlerShapeError for rows of another size; AntlerValueError for values that the units cannot have
 */
export async function visibleRows(given: RowsLike, expected: VisibleRows): Promise<Tensor> {
  if (given instanceof Tensor) return checkedRows(given, expected);
  const rows = await asRows(given, 'float32', expected.where);
  requireSize(rows.rowSize, expected);
  requireInside(extremesOf(rows.data), expected);
  return tensor(rows.data, [rows.count, rows.rowSize]);
}

/** Rows that an operation is given, as float32; values are looked at unless the operation is being traced. */
export function visibleStates(given: TensorLike, expected: VisibleRows): Tensor {
  return cast(checkedRows(toTensor(given, expected.where), expected), 'float32');
}

function checkedRows(rows: Tensor, expected: VisibleRows): Tensor {
  if (rows.rank !== 2) {
    const got = formatShape(rows.shape);
    throw new AntlerShapeError({ where: expected.where, expected: `[rows, ${expected.units}]`, got });
  }
  requireSize(rows.shape[1] ?? 0, expected);
  if (currentTrace() || keepsHistory() || rows.size === 0) return rows;
  realizeOne(rows.node); // once, rather than for the extremes and again for what comes after
  const values = cast(rows, 'float32');
  const [least = 0, most = 0] = stack([min(values), max(values)]).dataSync() as Float32Array;
  requireInside([least, most], expected);
  return rows;
}

function requireSize(size: number, { units, where }: VisibleRows): void {
  if (size === units) return;
  throw new AntlerShapeError({ where, expected: `rows of ${units} visible units`, got: `rows of ${size}` });
}

/** Least and greatest; NaN for both if any is NaN. */
function extremesOf(data: TypedArray): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (Number.isNaN(value)) return [value, value];
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function requireInside([least, most]: readonly [number, number], { kind, where }: VisibleRows): void {
  if (kind === 'gaussian' && Number.isFinite(least) && Number.isFinite(most)) return;
  if (kind === 'binary' && least >= 0 && most <= 1) return;
  const wrong = least >= 0 || Number.isNaN(least) ? most : least;
  throw new AntlerValueError({
    where,
    expected: kind === 'binary' ? 'values in [0, 1] for binary units' : 'finite values',
    got: `${wrong}`,
    fix:
      kind === 'binary' && !Number.isNaN(wrong)
        ? "divide by the greatest value (255 for bytes), or take visibleUnits: 'gaussian'"
        : 'leave out or mend rows that are not finite numbers',
  });
}

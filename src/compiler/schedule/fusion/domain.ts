import { type Expr, type Index, k, type Variable } from '../../../graph/kernel/expr.ts';
import type { StridedView } from '../../../graph/kernel/view.ts';
import { at } from '../../../util/errors.ts';
import { type Shape, sizeOf } from '../../../util/shapes.ts';
import type { OperandAccess } from '../kernel.ts';

/** One loop of a kernel, made of one or more axes of its domain. */
export interface Axis {
  readonly extent: number;
  /** The first and last domain axis it covers. */
  readonly last: number;
  readonly reduced: boolean;
}

/**
 * The loops over a domain inside one row (axis 0): neighbouring axes become one where every view steps through them evenly.
 * @param reduced axes that are folded; they merge among themselves only
 */
export function innerAxes(
  domain: Shape,
  views: readonly StridedView[],
  reduced: readonly number[] = [],
): Axis[] {
  const axes: Axis[] = [];
  for (let axis = 1; axis < domain.length; axis++) {
    const extent = at(domain, axis);
    if (extent === 1) continue;
    const isReduced = reduced.includes(axis);
    const previous = axes.at(-1);
    if (
      previous &&
      previous.reduced === isReduced &&
      views.every((view) => merges(view, previous.last, axis))
    ) {
      axes[axes.length - 1] = { extent: previous.extent * extent, last: axis, reduced: isReduced };
    } else {
      axes.push({ extent, last: axis, reduced: isReduced });
    }
  }
  return axes;
}

/** Whether stepping past the end of axis `inner` is the same as one step of axis `outer`. */
function merges(view: StridedView, outer: number, inner: number): boolean {
  return at(view.strides, outer) === at(view.strides, inner) * at(view.shape, inner);
}

/** Whether rows and what is inside them form one even run in every view. */
export function isFlat(domain: Shape, views: readonly StridedView[], axes: readonly Axis[]): boolean {
  if (axes.length === 0) return true;
  const [only, more] = axes;
  if (!only || more) return false;
  return (
    views.every((view) => at(view.strides, 0) === at(view.strides, only.last) * only.extent) &&
    at(domain, 0) > 0
  );
}

/** Whether row r of the domain reads row r of the buffer and nothing else. */
export function rowAccess(view: StridedView, bufferSize: number): OperandAccess {
  const [extent = 1] = view.shape;
  const rowSize = bufferSize / extent;
  if (extent <= 1 || view.strides[0] !== rowSize || view.offset < 0) return 'whole';
  let lowest = view.offset;
  let highest = view.offset;
  for (let axis = 1; axis < view.shape.length; axis++) {
    const reach = (at(view.shape, axis) - 1) * at(view.strides, axis);
    if (reach < 0) lowest += reach;
    else highest += reach;
  }
  return lowest >= 0 && highest < rowSize ? 'rows' : 'whole';
}

/** Where a load is, given the variables of the loops. */
export function loadIndex(
  view: StridedView,
  access: OperandAccess,
  first: Expr,
  row: Variable | undefined,
  axes: readonly Axis[],
  variables: readonly Variable[],
): Index {
  const terms = axes.map((axis, i) => ({ variable: at(variables, i), stride: at(view.strides, axis.last) }));
  const rowStride = view.strides[0] ?? 0;
  if (row) terms.unshift({ variable: row, stride: rowStride });
  const index = { constant: view.offset, terms: terms.filter(({ stride }) => stride !== 0) };
  const isShifted = access === 'whole' && rowStride !== 0;
  return isShifted ? { ...index, dynamic: k.mul(first, k.int(rowStride)) } : index;
}

/** Row-major position in the domain. */
export function domainPosition(
  domain: Shape,
  first: Expr,
  row: Variable | undefined,
  axes: readonly Axis[],
  variables: readonly Variable[],
): Expr {
  const stride = (axis: number) => sizeOf(domain.slice(axis + 1));
  const base = domain.length > 0 ? k.mul(first, k.int(stride(0))) : k.int(0);
  const withRow = row ? k.add(base, k.mul(k.read(row), k.int(stride(0)))) : base;
  return axes.reduce<Expr>(
    (sum, axis, i) => k.add(sum, k.mul(k.read(at(variables, i)), k.int(stride(axis.last)))),
    withRow,
  );
}

import type { Node } from '../../graph/node.ts';
import { cast, neg } from '../../primitives/elementwise/arithmetic.ts';
import { not } from '../../primitives/elementwise/compare.ts';
import { scatterMax } from '../../primitives/structure/scatter-max.ts';
import { scatterAdd } from '../../primitives/structure/take.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { AntlerShapeError } from '../../util/errors.ts';
import { formatShape, sameShape } from '../../util/shapes.ts';
import { checkShape, type TensorLike, toFloatNode, toNode } from '../convert.ts';
import { onesLike } from '../create.ts';
import { integerNode } from '../index/take.ts';
import { div, maximum } from '../math/arithmetic.ts';
import { reshape } from '../shape/shape.ts';

/** The segments of rows: integers of the leading shape of the data. */
function segmentsOf(data: Node, segmentIds: TensorLike, count: number, where: string): Node {
  checkShape([count], where);
  const ids = integerNode(segmentIds, where);
  if (sameShape(ids.shape, data.shape.slice(0, ids.shape.length))) return ids;
  throw new AntlerShapeError({
    where,
    expected: `ids in the leading shape of the data ${formatShape(data.shape)}`,
    got: formatShape(ids.shape),
  });
}

function numbersOf(data: TensorLike, where: string): Node {
  const node = toNode(data, where);
  return node.dtype === 'bool' || node.dtype === 'uint8' ? cast(node, 'int32') : node;
}

/**
 * Sums of rows that belong together: data [...i, ...row], integers [...i] in [0, numSegments) to [numSegments, ...row];
 * 0 for a segment without rows. Rows of other segments are dropped. bool and uint8 are summed as int32.
 * @throws AntlerShapeError if the ids do not have the leading shape of the data
 */
export function segmentSum(data: TensorLike, segmentIds: TensorLike, numSegments: number): Tensor {
  const rows = numbersOf(data, 'segmentSum');
  return new Tensor(scatterAdd(segmentsOf(rows, segmentIds, numSegments, 'segmentSum'), rows, numSegments));
}

/** Means of rows that belong together, see `segmentSum`; 0 for a segment without rows. Integers become float32. */
export function segmentMean(data: TensorLike, segmentIds: TensorLike, numSegments: number): Tensor {
  const rows = toFloatNode(data, 'segmentMean');
  const ids = segmentsOf(rows, segmentIds, numSegments, 'segmentMean');
  const ones = cast(onesLike(new Tensor(ids)).node, rows.dtype);
  const counts = maximum(new Tensor(scatterAdd(ids, ones, numSegments)), 1);
  const total = new Tensor(scatterAdd(ids, rows, numSegments));
  return div(total, reshape(counts, [numSegments, ...total.shape.slice(1).map(() => 1)]));
}

/**
 * Largest elements of rows that belong together, see `segmentSum`; the least value of the dtype (-infinity) for a segment
 * without rows. Ties share the gradient. bool and uint8 are compared as int32.
 */
export function segmentMax(data: TensorLike, segmentIds: TensorLike, numSegments: number): Tensor {
  const rows = numbersOf(data, 'segmentMax');
  return new Tensor(scatterMax(segmentsOf(rows, segmentIds, numSegments, 'segmentMax'), rows, numSegments));
}

/**
 * Smallest elements of rows that belong together, see `segmentSum`; the largest value of the dtype (infinity) for a segment
 * without rows. Ties share the gradient. bool and uint8 are compared as int32.
 */
export function segmentMin(data: TensorLike, segmentIds: TensorLike, numSegments: number): Tensor {
  const rows = numbersOf(data, 'segmentMin');
  const ids = segmentsOf(rows, segmentIds, numSegments, 'segmentMin');
  // the complement turns the order of integers round, without the overflow of negation
  const turned = isFloat(rows.dtype) ? neg : not;
  return new Tensor(turned(scatterMax(ids, turned(rows), numSegments)));
}

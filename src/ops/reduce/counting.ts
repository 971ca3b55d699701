import { cast } from '../../primitives/elementwise/arithmetic.ts';
import { scatterAdd } from '../../primitives/structure/take.ts';
import { reshape } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { formatShape, sameShape, sizeOf } from '../../util/shapes.ts';
import { checkShape, type TensorLike, toFloatNode, toNode } from '../convert.ts';
import { arange, onesLike } from '../create.ts';
import { integerNode } from '../index/take.ts';
import { add, where as choose, div, mul, sub } from '../math/arithmetic.ts';
import { equal, less, lessEqual, logicalAnd } from '../math/compare.ts';
import { searchsorted } from '../search/searching.ts';
import { max, min } from './reduce.ts';

/** What is counted and how far. */
export interface BincountOptions {
  /** The result has counts of 0 .. length - 1. */
  readonly length: number;
  /** What each element counts, in its shape. Default 1, as int32. */
  readonly weights?: TensorLike;
}

/**
 * How often each whole number from 0 on occurs in x: [length]. Others are not counted.
 * @throws AntlerTypeError for floats, AntlerShapeError for weights of another shape
 */
export function bincount(x: TensorLike, { length, weights }: BincountOptions): Tensor {
  const numbers = integerNode(x, 'bincount');
  checkShape([length], 'bincount');
  const each = weights === undefined ? onesLike(new Tensor(numbers)).node : toNode(weights, 'bincount');
  if (!sameShape(each.shape, numbers.shape)) {
    throw new AntlerShapeError({
      where: 'bincount',
      expected: `weights of shape ${formatShape(numbers.shape)}`,
      got: formatShape(each.shape),
    });
  }
  const flat = [sizeOf(numbers.shape)];
  return new Tensor(scatterAdd(reshape(numbers, flat), reshape(each, flat), length));
}

/** How often values fall into each bin. */
export interface Histogram {
  /** int32 [bins]. */
  readonly counts: Tensor;
  /** [bins + 1]: bin i reaches from edge i to below edge i + 1, the last bin up to and including the last edge. */
  readonly edges: Tensor;
}

/** The bins of a histogram. */
export interface HistogramOptions {
  /** How many bins of equal width. Default 10. */
  readonly bins?: number;
  /** First and last edge. Default: least and largest element, or half a unit around them if they are equal. */
  readonly range?: readonly [number, number];
}

/** Counts how many elements of x fall into bins of equal width; those outside the range are not counted. As NumPy. */
export function histogram(x: TensorLike, { bins = 10, range }: HistogramOptions = {}): Histogram {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new AntlerValueError({
      where: 'histogram',
      expected: 'a whole number of bins > 0',
      got: `${bins}`,
    });
  }
  if (range && !(range[0] < range[1])) {
    throw new AntlerValueError({ where: 'histogram', expected: 'an ascending range', got: `[${range}]` });
  }
  const node = toFloatNode(x, 'histogram');
  const values = new Tensor(reshape(node, [sizeOf(node.shape)]));
  const [low, high] = range ? range.map((edge) => scalarLike(values, edge)) : extent(values);
  const [first, last] = [low as Tensor, high as Tensor];
  const steps = new Tensor(cast(arange(bins + 1).node, node.dtype));
  const inner = add(first, mul(sub(last, first), div(steps, bins)));
  const edges = choose(equal(steps, bins), last, inner);
  const place = sub(searchsorted(edges, values, { side: 'right' }), 1);
  // the last edge belongs to the last bin
  const bin = choose(equal(values, last), bins - 1, place);
  const isInside = logicalAnd(lessEqual(first, values), lessEqual(values, last));
  return { counts: bincount(choose(isInside, bin, -1), { length: bins }), edges };
}

function scalarLike({ dtype }: Tensor, value: number): Tensor {
  return new Tensor(cast(toNode(value, 'histogram'), dtype));
}

/** Least and largest element, half a unit apart from them if they are equal. */
function extent(values: Tensor): Tensor[] {
  const [low, high] = [min(values), max(values)];
  const widening = choose(less(low, high), 0, scalarLike(values, 0.5));
  return [sub(low, widening), add(high, widening)];
}

import type { Node } from '../../graph/node.ts';
import { add, full, mul, select, sub } from '../../primitives/elementwise/arithmetic.ts';
import { abs, eq, lt } from '../../primitives/elementwise/compare.ts';
import { exp, log } from '../../primitives/elementwise/exponential.ts';
import { log1p } from '../../primitives/elementwise/near-one.ts';
import { pow } from '../../primitives/elementwise/power.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { TensorLike } from '../convert.ts';
import { floatArithmetic } from './arithmetic.ts';
import { floatOp } from './math.ts';

/** 2 to the power of x. Integers become float32. */
export function exp2(x: TensorLike): Tensor {
  return floatOp('exp2', (node) => pow(full(node, 2), node), x);
}

/** The logarithm to base 2; -infinity at 0, NaN below. Integers become float32. */
export function log2(x: TensorLike): Tensor {
  return floatOp('log2', (node) => scaledLog(node, Math.LOG2E), x);
}

/** The logarithm to base 10; -infinity at 0, NaN below. Integers become float32. */
export function log10(x: TensorLike): Tensor {
  return floatOp('log10', (node) => scaledLog(node, Math.LOG10E), x);
}

function scaledLog(x: Node, factor: number): Node {
  return mul(log(x), full(x, factor));
}

/** log(e^a + e^b), broadcast, without overflow. Integers become float32. */
export function logaddexp(a: TensorLike, b: TensorLike): Tensor {
  return floatArithmetic('logaddexp', logOfSum, a, b);
}

/** Chosen by `select`, whose gradient is right for equal operands too, to any order. */
function logOfSum(a: Node, b: Node): Node {
  const isAscending = lt(a, b);
  const [high, low] = [select(isAscending, b, a), select(isAscending, a, b)];
  // infinity minus itself would be NaN
  const isEndless = eq(abs(high), full(a, Infinity));
  const distance = select(isEndless, full(a, 0), sub(low, high));
  const sum = add(high, log1p(exp(distance)));
  const end = select(eq(low, low), high, low); // NaN beside infinity is NaN
  return select(isEndless, end, sum);
}

import type { Node } from '../../graph/node.ts';
import { apply } from '../../graph/primitive.ts';
import { at } from '../../util/errors.ts';
import { type MatmulAttrs, matmul } from '../contraction/matmul.ts';
import { add } from '../elementwise/arithmetic.ts';
import { broadcastTo, reshape, transpose } from '../structure/views.ts';

/** A sum over the steps of a scan that one operation behind it computes from the values of all steps. */
export interface StackedSum {
  /** Values of a step whose stacks are needed. */
  readonly operands: readonly Node[];
  /** @param stackOf the values of an operand in all steps, [steps, ...] */
  compute(stackOf: (operand: Node) => Node): Node;
}

/**
 * Sums of products of matrices, which are the gradients of weights: sum over t of A_t B_t is one product whose depth
 * runs over all steps. Undefined where a running sum has to do.
 */
export function stackedSum(term: Node): StackedSum | undefined {
  const { primitive, inputs, attrs } = term;
  if (primitive === matmul.primitive) {
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    return a.shape.length === 2 ? productOfStacks(a, b, attrs as MatmulAttrs) : undefined;
  }
  if (primitive === add.primitive) {
    const [a, b] = [stackedSum(at(inputs, 0)), stackedSum(at(inputs, 1))];
    if (!a || !b) return undefined;
    const operands = [...a.operands, ...b.operands];
    return { operands, compute: (stackOf) => add(a.compute(stackOf), b.compute(stackOf)) };
  }
  // what rearranges each term rearranges their sum
  if (primitive.kind !== 'view' || primitive === broadcastTo.primitive) return undefined;
  const inner = stackedSum(at(inputs, 0));
  return inner && { ...inner, compute: (stackOf) => apply(primitive, [inner.compute(stackOf)], attrs) };
}

function productOfStacks(a: Node, b: Node, { transposeA, transposeB }: MatmulAttrs): StackedSum {
  return {
    operands: [a, b],
    compute: (stackOf) =>
      matmul(
        joinSteps(stackOf(a), transposeA ? 0 : 1),
        joinSteps(stackOf(b), transposeB ? 1 : 0),
        true,
        false,
      ),
  };
}

/** Matrices [steps, ...] whose axis `depth` goes on from step to step: [steps * depth, other]. */
function joinSteps(stack: Node, depth: 0 | 1): Node {
  const turned = depth === 0 ? stack : transpose(stack, [0, 2, 1]);
  const [steps = 0, places = 0, other = 0] = turned.shape;
  return reshape(turned, [steps * places, other]);
}

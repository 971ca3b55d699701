import { batchNodes, repeated } from '../autodiff/batch.ts';
import type { Node } from '../graph/node.ts';
import { moveAxis } from '../primitives/batching.ts';
import { AntlerShapeError, AntlerTraceError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { type Axes, axisOfLeaves } from './axis-tree.ts';
import { Tensor } from './tensor.ts';
import { traceFunction } from './traced-function.ts';
import { tracedInput } from './traced-input.ts';
import { takeApart } from './tree.ts';
import type { Variable } from './variable.ts';

/** Which axes `vmap` maps over. */
export interface VmapOptions {
  /**
   * The axis of the arguments along which the elements of the batch lie; null for what all of them share.
   * One for all (default 0), or an array with an entry for each argument, nested as the argument is where it is nested.
   */
  readonly inAxes?: Axes;
  /** The axis along which results are stacked (default 0), nested as the result is; null for what must not differ. */
  readonly outAxes?: Axes;
}

/**
 * A function of one element as a function of many at once: `vmap(f)(x)` is `f` of every `x[i]`, stacked, with all of the
 * work batched. Arguments and results may be nested arrays and objects of tensors; numbers and strings are shared.
 * Random keys may be mapped over; one shared key gives every element the same numbers.
 * @throws AntlerShapeError if mapped axes are missing or of different extents
 * @throws AntlerTraceError if `f` looks at values, or assigns to a variable what differs between elements
 */
export function vmap<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  { inAxes = 0, outAxes = 0 }: VmapOptions = {},
): (...args: Args) => Result {
  return (...args) => {
    const { leaves } = takeApart(args);
    const axes = axisOfLeaves(inAxes, args, 'vmap, inAxes').filter((_, i) => leaves[i] instanceof Tensor);
    const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
    const mapped = tensors.map((tensor, i) => batchFirst(tensor, axes[i] ?? null, i));
    const size = commonSize(mapped);
    const standIn = (tensor: Tensor, i: number) => {
      const batch = mapped[i];
      return batch ? tracedInput({ shape: batch.shape.slice(1), dtype: batch.dtype }) : tensor;
    };
    const { standIns, result, outputs, writes } = traceFunction(f, args, standIn, 'vmap');
    const images = new Map(
      mapped.flatMap((batch, i) => (batch ? [[at(standIns, i).node, batch] as const] : [])),
    );
    assignShared(writes, images, size);
    const stacked = batchNodes(outputs, images, size);
    const resultAxes = axisOfLeaves(outAxes, result.rebuild(result.leaves), 'vmap, outAxes');
    const results = stacked.map((node, i) => placeBatch(node, at(outputs, i), at(resultAxes, i), size));
    return result.rebuild(results.map((node) => new Tensor(node))) as Result;
  };
}

/** The tensor with the mapped axis in front; undefined if it is shared. */
function batchFirst({ node, rank, shape }: Tensor, axis: number | null, index: number): Node | undefined {
  if (axis === null) return undefined;
  const place = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && place >= 0 && place < rank) return moveAxis(node, place, 0);
  throw new AntlerShapeError({
    where: `vmap, tensor ${index} of the arguments`,
    expected: `an axis ${axis} to map over`,
    got: `shape ${formatShape(shape)}`,
    fix: 'share it with null in inAxes',
  });
}

function commonSize(mapped: readonly (Node | undefined)[]): number {
  const sizes = new Set(mapped.flatMap((node) => (node ? [at(node.shape, 0)] : [])));
  const [size] = sizes;
  if (size === undefined) {
    throw new AntlerValueError({ where: 'vmap', expected: 'at least one tensor to map over', got: 'none' });
  }
  if (sizes.size === 1) return size;
  const got = `extents ${[...sizes].join(' and ')}`;
  throw new AntlerShapeError({ where: 'vmap', expected: 'mapped axes of one extent', got });
}

/** Carries out assignments of values that all elements share. */
function assignShared(
  writes: ReadonlyMap<Variable, Node>,
  images: ReadonlyMap<Node, Node>,
  size: number,
): void {
  const batched = batchNodes([...writes.values()], images, size);
  [...writes].forEach(([variable, value], i) => {
    if (batched[i]) {
      throw new AntlerTraceError({
        where: `vmap, assignment to ${variable.name}`,
        expected: 'one value for the whole batch',
        got: 'a value for each element',
        fix: 'return the value and assign outside',
      });
    }
    variable.assign(new Tensor(value));
  });
}

/** A result with the batch where it is wanted; `own` is the result of one element. */
function placeBatch(batched: Node | null, own: Node, axis: number | null, size: number): Node {
  if (axis === null) {
    if (!batched) return own;
    throw new AntlerValueError({
      where: 'vmap, outAxes',
      expected: 'an axis for a result that differs between elements',
      got: 'null',
    });
  }
  const rank = own.shape.length + 1;
  const place = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && place >= 0 && place < rank) {
    return moveAxis(batched ?? repeated(own, size), 0, place);
  }
  throw new AntlerShapeError({
    where: 'vmap, outAxes',
    expected: `an axis of a result of rank ${rank}`,
    got: `${axis}`,
  });
}

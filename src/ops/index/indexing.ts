import * as views from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at as item } from '../../util/errors.ts';
import { formatShape, type Shape } from '../../util/shapes.ts';
import { type TensorLike, toNode } from '../convert.ts';

/**
 * What `at` takes for an axis: a number picks one element and drops the axis; [start, stop] and [start, stop, step]
 * are a range as in Python, with null for an open end; [] keeps the axis whole; null adds an axis of extent 1;
 * '...' keeps as many axes as are not named.
 */
export type Index = number | null | '...' | readonly (number | null)[];

/** What is done to one axis of the input. */
interface AxisRange {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/**
 * A part of x, chosen axis by axis as in NumPy: x[1, :, ::2, None] is `at(x, 1, [], [null, null, 2], null)`.
 * Negative numbers count from the end; ranges are cut off at the ends, single indices must be inside.
 * @throws AntlerValueError for an index outside, too many indices, or a step of 0
 */
export function at(x: TensorLike, ...indices: Index[]): Tensor {
  const node = toNode(x, 'at');
  const full = completeIndices(indices, node.shape);
  const named = full.filter((index) => index !== null);
  const ranges = named.map((index, axis) => rangeOf(index, item(node.shape, axis), axis));
  const forward = ranges.map((range) => (range.step > 0 ? range : reversed(range)));
  const block = views.slice(node, {
    start: forward.map(({ start }) => start),
    step: forward.map(({ step }) => step),
    shape: forward.map(({ count }) => count),
  });
  const turned = views.flip(
    block,
    ranges.flatMap(({ step }, axis) => (step < 0 ? [axis] : [])),
  );
  return new Tensor(views.reshape(turned, resultShape(full, ranges)));
}

/** Indices with '...' written out, one for each axis of the input beside the new axes. */
function completeIndices(indices: readonly Index[], shape: Shape): Exclude<Index, '...'>[] {
  const used = indices.filter((index) => index !== null && index !== '...').length;
  const dots = indices.filter((index) => index === '...').length;
  if (used > shape.length || dots > 1) {
    const got = dots > 1 ? `${dots} of them` : `${used} indices`;
    const expected =
      dots > 1 ? "at most one '...'" : `at most ${shape.length} indices for shape ${formatShape(shape)}`;
    throw new AntlerValueError({ where: 'at', expected, got });
  }
  const rest = Array.from({ length: shape.length - used }, (): Exclude<Index, '...'> => []);
  const full = indices.flatMap((index): Exclude<Index, '...'>[] => (index === '...' ? rest : [index]));
  return dots === 1 ? full : [...full, ...rest];
}

function rangeOf(index: number | readonly (number | null)[], extent: number, axis: number): AxisRange {
  if (typeof index === 'number') {
    if (Number.isInteger(index) && index >= -extent && index < extent) {
      return { start: index < 0 ? index + extent : index, count: 1, step: 1 };
    }
    const expected =
      extent === 0 ? 'no single index (the axis is empty)' : `a whole index in [${-extent}, ${extent - 1}]`;
    throw new AntlerValueError({ where: `at, axis ${axis}`, expected, got: `${index}` });
  }
  const [start = null, stop = null, step = null] = index;
  const stride = step ?? 1;
  if (index.length > 3 || stride === 0 || ![start ?? 0, stop ?? 0, stride].every(Number.isInteger)) {
    const expected = 'a range [start, stop, step] of whole numbers with a step that is not 0';
    throw new AntlerValueError({ where: `at, axis ${axis}`, expected, got: JSON.stringify(index) });
  }
  return pythonRange(start, stop, stride, extent);
}

/** Python's `slice(start, stop, step).indices(extent)`. */
function pythonRange(start: number | null, stop: number | null, step: number, extent: number): AxisRange {
  const [low, high] = step > 0 ? [0, extent] : [-1, extent - 1];
  const bound = (value: number) => Math.min(Math.max(value < 0 ? value + extent : value, low), high);
  const from = start === null ? (step > 0 ? low : high) : bound(start);
  const to = stop === null ? (step > 0 ? high : low) : bound(stop);
  return { start: from, count: Math.max(0, Math.ceil((to - from) / step)), step };
}

/** The same elements from the last to the first. */
function reversed({ start, count, step }: AxisRange): AxisRange {
  return { start: count === 0 ? 0 : start + (count - 1) * step, count, step: -step };
}

function resultShape(indices: readonly Exclude<Index, '...'>[], ranges: readonly AxisRange[]): number[] {
  let axis = 0;
  return indices.flatMap((index) => {
    if (index === null) return [1];
    const { count } = item(ranges, axis++);
    return typeof index === 'number' ? [] : [count];
  });
}

import { at } from '../../util/errors.ts';
import { rowMajorStrides, type Shape, sizeOf } from '../../util/shapes.ts';

/** Reads a buffer in another order: element `i` of the view is at `offset + sum(i[a] * strides[a])`. */
export interface StridedView {
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

export function contiguousView(shape: Shape): StridedView {
  return { offset: 0, shape, strides: rowMajorStrides(shape) };
}

/** Whether the view reads the buffer from its start, in order. */
export function isContiguous(view: StridedView): boolean {
  if (view.offset !== 0) return false;
  if (sizeOf(view.shape) <= 1) return true;
  const dense = rowMajorStrides(view.shape);
  return view.shape.every((extent, axis) => extent === 1 || view.strides[axis] === dense[axis]);
}

/**
 * The same elements under another shape, or null where no strides express it.
 * Runs of axes that lie densely behind one another are merged, then split as asked.
 */
export function reshapeView(view: StridedView, shape: Shape): StridedView | null {
  if (sizeOf(shape) === 0) return { offset: 0, shape, strides: rowMajorStrides(shape) };
  const runs = denseRuns(view);
  const strides = new Array<number>(shape.length).fill(0);
  let axis = shape.length - 1;
  for (let r = runs.length - 1; r >= 0; r--) {
    const run = at(runs, r);
    let covered = 1;
    while (axis >= 0 && covered < run.size) {
      const extent = at(shape, axis);
      if (run.size % (covered * extent) !== 0) return null;
      strides[axis] = run.stride * covered;
      covered *= extent;
      axis--;
    }
  }
  return { offset: view.offset, shape, strides };
}

/** Maximal groups of axes that act as one axis, outermost first; axes of extent 1 vanish. */
function denseRuns(view: StridedView): { size: number; stride: number }[] {
  const runs: { size: number; stride: number }[] = [];
  for (let axis = 0; axis < view.shape.length; axis++) {
    const extent = at(view.shape, axis);
    const stride = at(view.strides, axis);
    if (extent === 1) continue;
    const last = runs.at(-1);
    if (last && last.stride === stride * extent) {
      last.size *= extent;
      last.stride = stride;
    } else {
      runs.push({ size: extent, stride });
    }
  }
  return runs;
}

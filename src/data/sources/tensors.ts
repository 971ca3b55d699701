import { type NestedArray, Tensor } from '../../tensor/tensor.ts';
import type { TypedArray } from '../../util/dtypes.ts';
import { AntlerDataError, AntlerShapeError, at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { gatherRows } from '../batches.ts';
import { isNumeric } from '../pipeline/combine.ts';
import { Dataset } from '../pipeline/dataset.ts';
import type { HostArray } from '../pipeline/element.ts';
import { emptyLike, toHostArray } from '../pipeline/host-array.ts';
import { type RandomAccess, sourceOf, type View } from '../pipeline/source.ts';

/** What may be cut along its first axis. */
export type Sliceable = Tensor | HostArray | TypedArray | readonly NestedArray[];

/** One array, or several in lists and records. */
export type SliceableTree = Sliceable | readonly SliceableTree[] | { readonly [name: string]: SliceableTree };

/** One entry along the first axis: a number where that is the only axis, else an array of the others. */
export type Slice<T> = T extends TypedArray | readonly number[]
  ? number
  : T extends Sliceable
    ? number | HostArray
    : { readonly [Key in keyof T]: Slice<T[Key]> };

/**
 * Entries along the first axis of tensors or arrays: one, or several of equal length such as `[x, y]` or
 * `{ image, label }`. An array of numbers only is one array. Batches keep the element types. As
 * `tf.data.Dataset.from_tensor_slices`.
 * @throws AntlerShapeError for scalars; AntlerDataError for unequal lengths
 */
export function fromTensors<const T extends SliceableTree>(tensors: T): Dataset<Slice<T>> {
  return new Dataset(sourceOf(rowsOf(tensors)));
}

/** Entries along the first axis by place; see `fromTensors`. */
export function rowsOf<T extends SliceableTree>(tensors: T): RandomAccess<Slice<T>> {
  const leaves: Sliceable[] = [];
  const rebuild = takeApart(tensors, leaves);
  let view: Promise<View<Slice<T>>> | undefined;
  const open = async () => viewOf<Slice<T>>(await Promise.all(leaves.map(toArray)), rebuild);
  return {
    size: commonLength(leaves),
    view: () => {
      view ??= open();
      return view;
    },
  };
}

type Rebuild = (leaves: readonly unknown[]) => unknown;

/** Lists the leaves of a tree, and tells how to put others in their places. */
function takeApart(tree: SliceableTree, leaves: Sliceable[]): Rebuild {
  if (isSliceable(tree)) {
    const place = leaves.push(tree) - 1;
    return (others) => at(others, place);
  }
  const parts = Object.entries(tree).map(([name, part]) => [name, takeApart(part, leaves)] as const);
  if (Array.isArray(tree)) return (others) => parts.map(([, part]) => part(others));
  return (others) => Object.fromEntries(parts.map(([name, part]) => [name, part(others)]));
}

function isSliceable(tree: SliceableTree): tree is Sliceable {
  if (tree instanceof Tensor || ArrayBuffer.isView(tree)) return true;
  return Array.isArray(tree) ? isNumeric(tree) : 'data' in tree && 'shape' in tree;
}

function commonLength(leaves: readonly Sliceable[]): number {
  const lengths = leaves.map(lengthOf);
  const [first = 0] = lengths;
  if (leaves.length > 0 && lengths.every((length) => length === first)) return first;
  throw new AntlerDataError({
    where: 'data.fromTensors',
    expected: 'tensors of equal length along the first axis',
    got: lengths.join(', ') || 'none',
  });
}

function lengthOf(leaf: Sliceable): number {
  const length = 'shape' in leaf ? leaf.shape[0] : leaf.length;
  if (length !== undefined) return length;
  throw new AntlerShapeError({ where: 'data.fromTensors', expected: 'at least one axis', got: 'a scalar' });
}

async function toArray(leaf: Sliceable): Promise<HostArray> {
  const array = await toHostArray(leaf, 'data.fromTensors');
  if (sizeOf(array.shape) === array.data.length) return array;
  throw new AntlerShapeError({
    where: 'data.fromTensors',
    expected: `${sizeOf(array.shape)} elements for shape [${array.shape.join(', ')}]`,
    got: `${array.data.length}`,
  });
}

function viewOf<T>(arrays: readonly HostArray[], rebuild: Rebuild): View<T> {
  return {
    get: (index) => rebuild(arrays.map((array) => entryOf(array, index))) as T,
    gather: (indices) => rebuild(arrays.map((array) => entriesOf(array, indices))),
  };
}

function entryOf({ data, shape: [, ...shape] }: HostArray, index: number): number | HostArray {
  if (shape.length === 0) return at(data, index);
  const size = sizeOf(shape);
  return { data: data.slice(index * size, (index + 1) * size), shape };
}

function entriesOf({ data, shape: [, ...shape] }: HostArray, indices: Int32Array): HostArray {
  const size = sizeOf(shape);
  const entries = gatherRows(data, size, indices, emptyLike(data, indices.length * size));
  return { data: entries, shape: [indices.length, ...shape] };
}

import type { NestedArray, Tensor } from '../../tensor/tensor.ts';
import type { TypedArray } from '../../util/dtypes.ts';
import type { Shape } from '../../util/shapes.ts';

/** Elements on the host under a shape. */
export interface HostArray {
  readonly data: TypedArray;
  readonly shape: Shape;
}

/** What becomes one array when elements are stacked. */
export type NumericLeaf = number | boolean | TypedArray | HostArray | Tensor;

/** One part of an element, in a batch. */
type BatchedPart<T> = T extends string
  ? readonly string[]
  : T extends NumericLeaf | readonly NestedArray[]
    ? HostArray
    : { readonly [Key in keyof T]: BatchedPart<T[Key]> };

/**
 * Elements in a batch: numbers, booleans, arrays of numbers and tensors become arrays [batch, ...], strings become
 * lists. An array as an element holds its parts, such as `[x, y]`; further in, arrays of numbers are values.
 */
export type Batched<T> = T extends TypedArray
  ? HostArray
  : T extends readonly unknown[]
    ? { readonly [Key in keyof T]: BatchedPart<T[Key]> }
    : BatchedPart<T>;

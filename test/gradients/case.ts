import { at, broadcastTo, flip, reshape, type Tensor, transpose } from '../../src/index.ts';
import { sizeOf } from '../../src/util/shapes.ts';

/** A differentiable use of an op. */
export interface GradientCase {
  readonly name: string;
  /** Shapes of the tensors that `apply` gets. */
  readonly shapes: readonly (readonly number[])[];
  /** Where their elements lie. Default [-2, 2]. */
  readonly low?: number;
  readonly high?: number;
  /** Equal rows have no derivative, so that no broadcast inputs are tried. */
  readonly needsDistinctRows?: boolean;
  apply(...inputs: readonly Tensor[]): Tensor;
}

/** How elements come to lie in memory before an op sees them. */
export interface Form {
  readonly name: string;
  /** Shape of what is stored, for a shape that the op shall see; undefined where the form does not apply. */
  stored(shape: readonly number[]): readonly number[] | undefined;
  view(x: Tensor, shape: readonly number[]): Tensor;
}

/** As they are, and views whose elements are not side by side. */
export const FORMS: readonly Form[] = [
  { name: 'contiguous', stored: (shape) => shape, view: (x) => x },
  {
    name: 'transposed',
    stored: (shape) => (shape.length > 1 ? shape.toReversed() : undefined),
    view: (x) => transpose(x),
  },
  {
    name: 'every second',
    stored: (shape) => (shape.length > 0 ? shape.map((extent) => 2 * extent) : undefined),
    view: (x, shape) => at(x, ...shape.map((): [null, null, number] => [null, null, 2])),
  },
  { name: 'backwards', stored: (shape) => (shape.length > 0 ? shape : undefined), view: (x) => flip(x) },
  {
    name: 'from a vector',
    stored: (shape) => (shape.length > 1 ? [sizeOf(shape)] : undefined),
    view: (x, shape) => reshape(x, shape),
  },
  {
    name: 'broadcast',
    stored: (shape) => (shape.length > 1 && shape[0] !== 1 ? [1, ...shape.slice(1)] : undefined),
    view: (x, shape) => broadcastTo(x, shape),
  },
];

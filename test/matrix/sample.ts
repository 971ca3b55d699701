import type { Node } from '../../src/graph/node.ts';
import { input } from '../../src/primitives/leaf.ts';
import { type DType, isFloat } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import { type Shape, sizeOf } from '../../src/util/shapes.ts';

/** One input of a sample. Values are spread over [low, high) without ties, rounded down for integers. */
export interface SampleInput {
  readonly shape: Shape;
  readonly low?: number;
  readonly high?: number;
  /** Elements instead of spread ones. */
  readonly values?: readonly number[];
  /** The dtype, where it does not follow the sample's. */
  readonly dtype?: DType;
  /** No gradient flows here by definition. */
  readonly constant?: true;
}

/** One use of a primitive, for every dtype it takes. */
export interface Sample {
  readonly label: string;
  readonly dtypes: readonly DType[];
  readonly inputs: readonly SampleInput[];
  /** No check of gradients, and why not. */
  readonly withoutGradient?: string;
  apply(inputs: readonly Node[], dtype: DType): Node;
}

export const FLOATS: readonly DType[] = ['float32', 'float64'];
export const NUMBERS: readonly DType[] = ['float32', 'float64', 'int32', 'uint8'];
export const INTEGERS: readonly DType[] = ['int32', 'uint8', 'bool'];
export const ALL: readonly DType[] = ['float32', 'float64', 'int32', 'uint8', 'bool'];

/** The input nodes of a sample, for the given dtype. */
export function inputNodes(sample: Sample, dtype: DType): Node[] {
  return sample.inputs.map((spec) => input({ shape: spec.shape, dtype: spec.dtype ?? dtype }));
}

/** Numbers in [0, 1) without ties, the same in every run; equal streams give equal numbers. */
export function spread(size: number, stream: number): number[] {
  const golden = (Math.sqrt(5) - 1) / 2;
  return Array.from({ length: size }, (_, i) => ((i + 1) * golden + stream * 0.3719) % 1);
}

/** The elements of input number `index`. */
export function inputValues(spec: SampleInput, index: number, dtype: DType): number[] {
  const type = spec.dtype ?? dtype;
  if (spec.values) return [...spec.values];
  const { low = -2, high = 2 } = spec;
  const values = spread(sizeOf(spec.shape), index).map((t) => low + t * (high - low));
  if (type === 'float64') return values;
  if (isFloat(type)) return values.map(Math.fround);
  if (type === 'bool') return values.map((_, i) => at([1, 0, 0, 1, 1], (i + index) % 5));
  return values.map((x) => (type === 'uint8' ? Math.abs(Math.floor(x)) : Math.floor(x)));
}

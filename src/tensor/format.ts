import type { DType, TypedArray } from '../util/dtypes.ts';
import type { Shape } from '../util/shapes.ts';

/** The elements as text. */
export function formatValues(shape: Shape, _dtype: DType, data: TypedArray): string {
  return `${shape.join('x')} ${[...data].join(' ')}`;
}

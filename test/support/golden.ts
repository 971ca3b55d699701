import { readFileSync } from 'node:fs';
import { hostArray } from '../../src/tensor/tensor.ts';
import { type DType, parseDType, type TypedArray } from '../../src/util/dtypes.ts';
import type { Shape } from '../../src/util/shapes.ts';

/** An array as the generators in test/golden/generate write it; infinities, NaN and -0 by name. */
export interface GoldenArray {
  readonly shape: Shape;
  readonly dtype: string;
  readonly data: readonly (number | string)[];
}

/** A fixture of test/golden/fixtures, e.g. `ops/reduce.json`. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/fixtures/${name}`, import.meta.url), 'utf8')) as T;
}

/** The elements and dtype of a golden array. */
export function decodeGolden({ data, dtype }: GoldenArray): { data: TypedArray; dtype: DType } {
  const type = parseDType(dtype, 'golden array');
  return { data: hostArray(type, data.map(Number)), dtype: type };
}

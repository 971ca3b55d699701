import { describe, expect, it } from 'vitest';
import { decodeGolden, type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { sizeOf } from '../util/shapes.ts';
import { formatValues } from './format.ts';

interface Case {
  /** `range` counts through the elements. */
  readonly value: Omit<GoldenArray, 'data'> & { readonly data: GoldenArray['data'] | 'range' };
  readonly text: string;
}

const cases = readGolden<Case[]>('tensor/format.json');

describe('formatValues', () => {
  it.each(cases.map(({ value, text }) => [`${value.dtype}[${value.shape}]`, value, text] as const))(
    'prints %s as NumPy does',
    (_name, value, text) => {
      const elements = value.data === 'range' ? [...Array(sizeOf(value.shape)).keys()] : value.data;
      const { data, dtype } = decodeGolden({ ...value, data: elements });
      expect(formatValues(value.shape, dtype, data)).toBe(text);
    },
  );
});

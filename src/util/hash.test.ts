import { expect, it } from 'vitest';
import { hashText } from './hash.ts';

it('is stable: seeds of weights are derived from it', () => {
  expect(hashText('')).toBe(-2128831035);
  expect(hashText('dense/kernel')).toBe(hashText('dense/kernel'));
  expect(hashText('dense/kernel')).not.toBe(hashText('dense/bias'));
});

import { describe, expect, it } from 'vitest';
import { History } from './history.ts';
import { storedCount, storedList, storedObject, storedOptionalNumber, storedValue } from './stored-values.ts';

const VALUES = { count: 2, half: 0.5, none: null, list: [1, 2], text: 'a', inner: { a: 1 } };

describe('stored values', () => {
  it('are given back', () => {
    expect(storedValue(VALUES, 'text', 'string', 'x')).toBe('a');
    expect(storedCount(VALUES, 'count', 'x')).toBe(2);
    expect(storedOptionalNumber(VALUES, 'none', 'x')).toBeUndefined();
    expect(storedOptionalNumber(VALUES, 'half', 'x')).toBe(0.5);
    expect(storedList(VALUES, 'list', 'number', 'x')).toEqual([1, 2]);
    expect(storedObject(VALUES.inner, 'inner', 'x')).toEqual({ a: 1 });
  });

  it('are refused when they are of another kind', () => {
    expect(() => storedValue(VALUES, 'count', 'string', 'x')).toThrow(
      'x: expected a string, count, got a state without it',
    );
    expect(() => storedCount(VALUES, 'half', 'x')).toThrow('expected a whole number >= 0, half');
    expect(() => storedCount(VALUES, 'toString', 'x')).toThrow('expected a number, toString');
    expect(() => storedList(VALUES, 'list', 'string', 'x')).toThrow('expected a list of strings, list');
    expect(() => storedObject(VALUES.list, 'inner', 'x')).toThrow('expected an object, inner');
    expect(() => new History().restoreState({ values: { epoch: 1 } })).toThrow('a list of numbers, epoch');
  });
});

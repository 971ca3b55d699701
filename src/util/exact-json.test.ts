import { describe, expect, it } from 'vitest';
import { formatExactJson, parseExactJson } from './exact-json.ts';

describe('exact JSON', () => {
  it.each([0.1, -0, 5e-324, 1.7976931348623157e308, NaN, Infinity, -Infinity])('keeps %s', (number) => {
    expect(parseExactJson(formatExactJson({ list: [number] }))).toEqual({ list: [number] });
  });

  it('keeps everything else that JSON has', () => {
    const value = { text: 'a "b"', none: null, yes: true, nested: [{ deep: [1, 2] }] };
    expect(parseExactJson(formatExactJson(value))).toEqual(value);
  });

  it('sets no prototype', () => {
    expect(parseExactJson('{"a":{"__proto__":{"b":1},"c":2}}')).toEqual({ a: { c: 2 } });
  });

  it('reads nothing from other texts', () => {
    expect(parseExactJson('{')).toBeUndefined();
    expect(parseExactJson('['.repeat(100_000))).toBeUndefined();
  });
});

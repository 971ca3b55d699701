import { expect, it } from 'vitest';
import { shown } from './shown.ts';

it.each([
  ['64', "'64'"],
  [3.5, '3.5'],
  [[1, '2', null], "[1, '2', null]"],
  [Math.sin, 'a function'],
  [{ units: 2 }, 'an object'],
  [undefined, 'undefined'],
])('shows %j', (value, text) => {
  expect(shown(value)).toBe(text);
});

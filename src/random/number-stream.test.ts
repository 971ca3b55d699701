import { describe, expect, it } from 'vitest';
import { AntlerValueError } from '../util/errors.ts';
import { NumberStream } from './number-stream.ts';

const draw = (stream: NumberStream, count: number) => Array.from({ length: count }, () => stream.uniform());

describe('NumberStream', () => {
  it('repeats itself, and no branch repeats another', () => {
    expect(draw(new NumberStream(3, 1), 5)).toEqual(draw(new NumberStream(3, 1), 5));
    const firsts = [[3], [4], [3, 0], [3, 1], [3, 1, 0], [3, 0, 1], [2 ** 40 + 3]].map((numbers) =>
      new NumberStream(...(numbers as [number])).word(),
    );
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('gives the known answer of Threefry-2x32-20 for key 0, counter 0', () => {
    const stream = new NumberStream(0);
    expect([stream.word(), stream.word()]).toEqual([0x6b200159, 0x99ba4efe]);
  });

  it('has the moments of its distributions', () => {
    const stream = new NumberStream(1);
    const uniform = draw(stream, 20_000);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(uniform)).toBeCloseTo(0.5, 1.9);
    const normal = Array.from({ length: 20_000 }, () => stream.normal());
    expect(Math.abs(mean(normal))).toBeLessThan(0.02);
    expect(Math.abs(mean(normal.map((x) => x * x)) - 1)).toBeLessThan(0.03);
    expect(new Set(Array.from({ length: 200 }, () => stream.below(3)))).toEqual(new Set([0, 1, 2]));
  });

  it('refuses seeds that are no whole numbers', () => {
    expect(() => new NumberStream(-1)).toThrow(AntlerValueError);
    expect(() => new NumberStream(0, 0.5)).toThrow(
      'NumberStream: expected a seed and branches that are whole numbers in [0, 2^53), got 0.5',
    );
  });
});

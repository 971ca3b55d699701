import { describe, expect, it } from 'vitest';
import { AntlerValueError } from '../util/errors.ts';
import { makeDeadLeaves } from './dead-leaves.ts';

describe('makeDeadLeaves', () => {
  it('covers every pixel with greys in 0 .. 1, the same for the same seed', () => {
    const options = { images: 2, size: 24, seed: 3 };
    const { data, shape } = makeDeadLeaves(options);
    expect(shape).toEqual([2, 24, 24]);
    for (const value of data) expect(value >= 0 && value <= 1).toBe(true);
    expect(makeDeadLeaves(options).data).toEqual(data);
    expect(makeDeadLeaves({ ...options, seed: 4 }).data).not.toEqual(data);
    const first = makeDeadLeaves({ ...options, images: 1 }).data;
    expect(first).toEqual(data.slice(0, first.length));
  });

  it('has leaves of the sizes that are asked for: larger ones leave more neighbours alike', () => {
    const alike = (radii: readonly [number, number]) => {
      const values = Array.from(makeDeadLeaves({ images: 4, size: 64, radii }).data);
      return values.filter((value, i) => value === values[i + 1]).length / values.length;
    };
    expect(alike([8, 32])).toBeGreaterThan(alike([2, 8]) + 0.2);
  });

  it('refuses radii that are none', () => {
    expect(() => makeDeadLeaves({ radii: [4, 4] })).toThrow(AntlerValueError);
    expect(() => makeDeadLeaves({ radii: [0, 4] })).toThrow(
      'makeDeadLeaves: expected radii [least, greatest] with 0 < least < greatest, got [0, 4]',
    );
    expect(() => makeDeadLeaves({ size: 0 })).toThrow('size, a whole number >= 1');
  });
});

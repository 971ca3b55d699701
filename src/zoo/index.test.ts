import { describe, expect, it } from 'vitest';
import { AntlerValueError } from '../util/errors.ts';
import { findSystem, systems } from './index.ts';

describe('the systems of the lecture', () => {
  it('are thirty, each under its own name, oldest first', () => {
    expect(systems).toHaveLength(30);
    expect(new Set(systems.map(({ id }) => id)).size).toBe(30);
    const years = systems.map(({ year }) => year);
    expect(years).toEqual([...years].sort((a, b) => a - b));
  });

  it('have names that a command line takes as they are', () => {
    for (const { id } of systems) expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  it('are found by name', () => {
    expect(findSystem('lenet5').title).toBe('LeNet-5');
  });

  it('are suggested when the name is nearly right', () => {
    expect(() => findSystem('lenet-5')).toThrow(AntlerValueError);
    expect(() => findSystem('lenet-5')).toThrow(
      "expected the name of a system, got 'lenet-5'; did you mean 'lenet5'?",
    );
  });

  it('say so when they cannot be run yet', () => {
    expect(() => findSystem('alexnet')).toThrow(
      'system alexnet: expected a system that runs already, got AlexNet, which is not there yet; see antler list',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { requireKnownOptions, unknownName } from './suggest.ts';

describe('unknownName', () => {
  it('asks about the nearest name', () => {
    const error = unknownName({
      where: 'dense',
      kind: 'an activation',
      name: 'rleu',
      known: ['relu', 'tanh'],
    });
    expect(error.message).toBe("dense: expected an activation, got 'rleu'; did you mean 'relu'?");
  });

  it('lists the names when none is near', () => {
    const error = unknownName({
      where: 'dense',
      kind: 'an activation',
      name: 'quux',
      known: ['relu', 'tanh'],
    });
    expect(error.message).toBe("dense: expected an activation, got 'quux'; choose from relu, tanh");
  });
});

describe('requireKnownOptions', () => {
  it('names the stranger', () => {
    expect(() => requireKnownOptions({ units: 1, useBais: true }, ['units', 'useBias'], 'dense')).toThrow(
      "dense: expected an option it knows, got 'useBais'; did you mean 'useBias'?",
    );
  });
});

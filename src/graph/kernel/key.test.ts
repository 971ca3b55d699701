import { describe, expect, it } from 'vitest';
import { type Expr, k, type Variable } from './expr.ts';
import { statementsKey } from './key.ts';
import { accumulator, counterVariable, loop, position, type Statement, store } from './loops.ts';

const first: Variable = { name: 'first', register: 'i32' };
const rows: Variable = { name: 'rows', register: 'i32' };
const keyOf = (statements: readonly Statement[]) => statementsKey(statements, [first, rows]);

/** target[i] = value(source[i]) for all rows. */
const map = (value: (x: Expr) => Expr, extent: Variable = rows) => [
  loop(k.read(extent), (i) => [
    store(1, 'float32', position([i], [1]), value(k.load(0, 'float32', position([i], [1])))),
  ]),
];

const foldAll = (combine: (a: Expr, b: Expr) => Expr): Statement[] => {
  const [total, i] = [accumulator('f32'), counterVariable()];
  const value = k.load(0, 'float32', position([i], [1]));
  return [
    {
      kind: 'fold',
      target: total,
      identity: 0,
      loops: [{ variable: i, extent: k.read(rows) }],
      value,
      combine,
    },
    store(1, 'float32', position([], []), k.read(total)),
  ];
};

describe('statementsKey', () => {
  it('is the same for statements that differ in the identity of their variables alone', () => {
    expect(keyOf(map(k.neg))).toBe(keyOf(map(k.neg)));
    expect(keyOf(foldAll(k.add))).toBe(keyOf(foldAll(k.add)));
  });

  it('tells operations, constants, ranges and folds apart', () => {
    const times = (factor: number) => map((x) => k.mul(x, k.like(x, factor)));
    const keys = [
      ...[map(k.neg), map(k.abs), map(k.neg, first), times(0), times(-0), times(Number.NaN)],
      ...[foldAll(k.add), foldAll(k.max)],
    ].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells a value used twice from two equal values', () => {
    const twice = map((x) => {
      const square = k.mul(x, x);
      return k.add(square, square);
    });
    expect(keyOf(twice)).not.toBe(keyOf(map((x) => k.add(k.mul(x, x), k.mul(x, x)))));
  });
});

import { describe, expect, it } from 'vitest';
import { k, type Variable } from './expr.ts';
import { accumulator, loop, loops, position, store, when } from './loops.ts';
import { printStatements } from './print.ts';
import { countWork } from './work.ts';

const rows: Variable = { name: 'rows', register: 'i32' };
const given = new Map([[rows, 10]]);
const load = (buffer: number, index: Variable) => k.load(buffer, 'float32', position([index], [1]));

describe('countWork', () => {
  it('counts one for each operation of floats, two for a multiply-add, none for integers', () => {
    const statements = [
      loop(k.read(rows), (i) => {
        const x = load(0, i);
        const counted = k.add(x, k.convert('f32', k.add(k.read(i), k.int(3))));
        return [store(1, 'float32', position([i], [1]), k.mulAdd(counted, x, k.sqrt(x)))];
      }),
    ];
    expect(countWork(statements, given)).toMatchObject({
      flops: 10 * (1 + 2 + 1),
      loads: new Map([[0, 10]]),
      stores: new Map([[1, 10]]),
    });
  });

  it('counts what statements of one list share once', () => {
    const statements = [
      loop(10, (i) => {
        const square = k.mul(load(0, i), load(0, i));
        return [1, 2].map((out) => store(out, 'float32', position([i], [1]), square));
      }),
    ];
    expect(countWork(statements, new Map()).flops).toBe(10);
  });

  it('counts a triangle exactly', () => {
    const add = (i: Variable) => store(0, 'float32', position([i], [1]), k.add(load(0, i), load(1, i)));
    const statements = [
      loop(9, (row) => [
        {
          kind: 'loop',
          variable: column,
          extent: k.add(k.read(row), k.int(1)),
          body: [add(column)],
          simd: false,
        },
      ]),
    ];
    expect(countWork(statements, new Map()).flops).toBe(45);
  });

  it('counts a fold with its combination, and what is conditional as if it happened', () => {
    const target = accumulator('f32');
    const statements = loops([4], ([row]) => [
      {
        kind: 'fold',
        target,
        identity: 0,
        loops: [{ variable: column, extent: k.int(8) }],
        value: k.mul(load(0, column), load(1, column)),
        combine: k.add,
      },
      when(k.lt(k.read(target), k.constant('f32', 0)), [
        store(2, 'float32', position(row ? [row] : [], [1]), k.neg(k.read(target))),
      ]),
    ]);
    expect(countWork(statements, new Map()).flops).toBe(4 * (2 * 8 + 1 + 1));
  });
});

const column: Variable = { name: 'c', register: 'i32' };

describe('printStatements', () => {
  it('reads like a program', () => {
    const total = accumulator('f32');
    const statements = [
      loop(
        k.mul(k.read(rows), k.int(1)),
        (i) => [
          {
            kind: 'fold',
            target: total,
            identity: 0,
            loops: [{ variable: column, extent: k.int(8) }],
            value: k.load(0, 'float32', position([i, column], [8, 1])),
            combine: k.add,
          },
          store(
            1,
            'float32',
            position([i], [1], -2),
            k.max(k.mul(k.read(total), k.read(total)), k.constant('f32', 0.1)),
          ),
        ],
        true,
      ),
    ];
    expect(printStatements(statements, ['x', 'y'])).toEqual([
      'for i0 < rows  # vector',
      '  t0 = 0',
      '  for i1 < 8',
      '    t0 = (t0 + x[8*i0 + i1])',
      '  y[i0 - 2] = max((t0 * t0), 0.1)',
    ]);
  });

  it('gives what is used twice a name', () => {
    const statements = [
      loop(4, (i) => {
        const square = k.mul(load(0, i), load(0, i));
        return [1, 2].map((out) => store(out, 'float32', position([i], [1]), k.add(square, load(out, i))));
      }),
    ];
    expect(printStatements(statements, ['x', 'a', 'b'])).toEqual([
      'for i0 < 4',
      '  v0 = (x[i0] * x[i0])',
      '  a[i0] = (v0 + a[i0])',
      '  b[i0] = (v0 + b[i0])',
    ]);
  });
});

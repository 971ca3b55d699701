import { lookup } from '../../util/errors.ts';
import { type Expr, k, type OpName, type Variable } from './expr.ts';
import type { Fold, Statement } from './loops.ts';

/** What statements do when they run once. */
export interface Work {
  /** Floating-point operations; a multiply-add is two, a transcendental function is the operations of its polynomial. */
  readonly flops: number;
  /** How often an element of each buffer is loaded, by the number of the buffer. */
  readonly loads: ReadonlyMap<number, number>;
  /** How often an element of each buffer is stored. */
  readonly stores: ReadonlyMap<number, number>;
}

/** Operations that count where they compute with floats. Selections and changes of representation are free. */
const FLOPS: Partial<Record<OpName, number>> = {
  ...{ add: 1, sub: 1, mul: 1, div: 1, min: 1, max: 1, neg: 1, abs: 1, sqrt: 1 },
  ...{ floor: 1, ceil: 1, trunc: 1, nearest: 1, eq: 1, ne: 1, lt: 1, le: 1, mulAdd: 2 },
};

/**
 * Counts the work of statements. What stands under a condition counts as if it held; a loop whose extent changes with the
 * counters around it counts with its mean, which is exact where it changes linearly.
 * @param values of the variables that the statements find
 */
export function countWork(statements: readonly Statement[], values: ReadonlyMap<Variable, number>): Work {
  const counter = new Counter(values);
  counter.statements(statements, 1);
  return counter;
}

class Counter implements Work {
  flops = 0;
  readonly loads = new Map<number, number>();
  readonly stores = new Map<number, number>();
  readonly #values: Map<Variable, number>;

  constructor(values: ReadonlyMap<Variable, number>) {
    this.#values = new Map(values);
  }

  /** Statements of one list share what they compute: an expression that occurs twice is computed once. */
  statements(list: readonly Statement[], times: number): void {
    const seen = new Set<Expr>();
    for (const statement of list) this.#statement(statement, times, seen);
  }

  #statement(statement: Statement, times: number, seen: Set<Expr>): void {
    switch (statement.kind) {
      case 'store':
        this.#expr(statement.value, times, seen);
        if (statement.index.dynamic) this.#expr(statement.index.dynamic, times, seen);
        add(this.stores, statement.buffer, times);
        return;
      case 'assign':
        this.#expr(statement.value, times, seen);
        return;
      case 'when':
        this.#expr(statement.condition, times, seen);
        this.statements(statement.body, times);
        return;
      case 'fold':
        this.#fold(statement, times);
        return;
      case 'loop':
        this.statements(statement.body, times * this.#enter(statement));
    }
  }

  #fold(fold: Fold, times: number): void {
    const rounds = fold.loops.reduce((product, loop) => product * this.#enter(loop), times);
    this.#expr(fold.combine(k.read(fold.target), fold.value), rounds, new Set());
  }

  /** How often a loop runs; inside it its counter has its mean value. */
  #enter({ variable, extent }: { readonly variable: Variable; readonly extent: Expr }): number {
    const rounds = Math.max(0, this.#evaluate(extent));
    this.#values.set(variable, Math.max(0, rounds - 1) / 2);
    return rounds;
  }

  #expr(expr: Expr, times: number, seen: Set<Expr>): void {
    if (seen.has(expr)) return;
    seen.add(expr);
    if (expr.kind === 'load') {
      add(this.loads, expr.buffer, times);
      if (expr.index.dynamic) this.#expr(expr.index.dynamic, times, seen);
    }
    if (expr.kind !== 'op') return;
    const operands = expr.args[0]?.register;
    if (operands === 'f32' || operands === 'f64') this.flops += times * (FLOPS[expr.op] ?? 0);
    for (const arg of expr.args) this.#expr(arg, times, seen);
  }

  /** The value of an integer expression; what depends on data counts as 1. */
  #evaluate(expr: Expr): number {
    if (expr.kind === 'const') return expr.value;
    if (expr.kind === 'variable') return lookup(this.#values, expr.variable);
    if (expr.kind === 'load') return 1;
    const [a = 1, b = 1] = expr.args.map((arg) => this.#evaluate(arg));
    return EVALUATE[expr.op]?.(a, b) ?? 1;
  }
}

const EVALUATE: Partial<Record<OpName, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  min: Math.min,
  max: Math.max,
};

function add(counts: Map<number, number>, key: number, times: number): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}

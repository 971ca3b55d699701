import type { DType } from '../../util/dtypes.ts';
import type { Expr, Index, Variable } from './expr.ts';
import type { Statement } from './loops.ts';

/** One access of a buffer. */
export interface Reference {
  readonly buffer: number;
  readonly dtype: DType;
  readonly index: Index;
}

/** Every expression inside `expr`, itself included, each once. */
export function expressionsIn(expr: Expr, seen = new Set<Expr>()): Set<Expr> {
  if (seen.has(expr)) return seen;
  seen.add(expr);
  if (expr.kind === 'op') for (const arg of expr.args) expressionsIn(arg, seen);
  if (expr.kind === 'load' && expr.index.dynamic) expressionsIn(expr.index.dynamic, seen);
  return seen;
}

/** The expressions that statements evaluate directly; those of loops inside them are not included. */
export function valuesOf(statement: Statement): Expr[] {
  switch (statement.kind) {
    case 'store':
      return statement.index.dynamic ? [statement.value, statement.index.dynamic] : [statement.value];
    case 'assign':
      return [statement.value];
    case 'when':
      return [statement.condition];
    case 'fold':
      return [];
    case 'loop':
      return [];
  }
}

/** The loads among expressions. */
export function loadsIn(exprs: readonly Expr[]): Extract<Expr, { kind: 'load' }>[] {
  const seen = new Set<Expr>();
  for (const expr of exprs) expressionsIn(expr, seen);
  return [...seen].filter((expr) => expr.kind === 'load');
}

/** Whether the value of an expression changes with a variable, by computation or by the places it loads from. */
export function dependsOn(expr: Expr, variable: Variable): boolean {
  for (const part of expressionsIn(expr)) {
    if (part.kind === 'variable' && part.variable === variable) return true;
    if (part.kind === 'load' && part.index.terms.some((term) => term.variable === variable)) return true;
  }
  return false;
}

/** How often each expression is used by those given and by one another. */
export function countUses(exprs: readonly Expr[]): Map<Expr, number> {
  const uses = new Map<Expr, number>();
  const count = (expr: Expr): void => {
    const times = (uses.get(expr) ?? 0) + 1;
    uses.set(expr, times);
    if (times > 1) return;
    if (expr.kind === 'op') expr.args.forEach(count);
    if (expr.kind === 'load' && expr.index.dynamic) count(expr.index.dynamic);
  };
  exprs.forEach(count);
  return uses;
}

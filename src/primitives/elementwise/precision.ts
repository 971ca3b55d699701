import type { Expr } from '../../graph/kernel/expr.ts';

/** The registers of floats. */
export type Float = 'f32' | 'f64';

/** The precision of an expression. */
export function floatOf(x: Expr): Float {
  return x.register === 'f64' ? 'f64' : 'f32';
}

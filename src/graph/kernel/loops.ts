import type { DType } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { type Expr, type Index, k, type Register, registerOf, type Variable } from './expr.ts';

/** Statements of a kernel. */
export type Statement =
  | {
      readonly kind: 'loop';
      readonly variable: Variable;
      readonly extent: Expr;
      readonly body: readonly Statement[];
      readonly simd: boolean;
    }
  | {
      readonly kind: 'store';
      readonly buffer: number;
      readonly dtype: DType;
      readonly index: Index;
      readonly value: Expr;
    }
  | { readonly kind: 'assign'; readonly variable: Variable; readonly value: Expr }
  | Fold
  | { readonly kind: 'when'; readonly condition: Expr; readonly body: readonly Statement[] };

/** target = identity combined with `value` at every position of the loops, outermost first, in a fixed order. */
export interface Fold {
  readonly kind: 'fold';
  readonly target: Variable;
  readonly identity: number;
  readonly loops: readonly { readonly variable: Variable; readonly extent: Expr }[];
  readonly value: Expr;
  readonly combine: (a: Expr, b: Expr) => Expr;
}

/**
 * How a buffer relates to the rows a kernel is called for:
 * `rows` - row r of the buffer belongs to row r of the kernel, nothing else is touched;
 * `whole` - any part may be touched.
 */
export type Access = 'rows' | 'whole';

/** Loops over whole buffers: inputs are buffers 0..n-1, the output is buffer n, all row-major. */
export interface LoopProgram {
  /** Rows of the outermost loop, along which the work may be divided; 1 if it may not. */
  readonly extent: number;
  readonly inputs: readonly Access[];
  readonly output: Access;
  /** Statements for rows `first` to `first + rows - 1`; `rows` buffers are addressed from row 0 of the call. */
  body(first: Expr, rows: Expr): readonly Statement[];
}

let counter = 0;

/** A fresh loop counter. */
export function counterVariable(): Variable {
  return { name: `i${counter++}`, register: 'i32' };
}

/** A loop over `extent` values of a fresh variable. */
export function loop(
  extent: Expr | number,
  body: (variable: Variable) => readonly Statement[],
  simd = false,
): Statement {
  const variable = counterVariable();
  return {
    kind: 'loop',
    variable,
    extent: typeof extent === 'number' ? k.int(extent) : extent,
    body: body(variable),
    simd,
  };
}

/** Nested loops over all positions of a shape, outermost first. */
export function loops(
  shape: readonly (Expr | number)[],
  body: (variables: Variable[]) => readonly Statement[],
): Statement[] {
  const [extent, ...rest] = shape;
  if (extent === undefined) return [...body([])];
  return [loop(extent, (variable) => loops(rest, (inner) => body([variable, ...inner])))];
}

export function store(buffer: number, dtype: DType, index: Index, value: Expr): Statement {
  return { kind: 'store', buffer, dtype, index, value };
}

/** A fresh mutable variable. */
export function accumulator(register: Register): Variable {
  return { name: `t${counter++}`, register };
}

export function assign(variable: Variable, value: Expr): Statement {
  return { kind: 'assign', variable, value };
}

export function when(condition: Expr, body: readonly Statement[]): Statement {
  return { kind: 'when', condition, body };
}

/** The position `constant + sum(variable * stride)` of a buffer. */
export function position(
  variables: readonly Variable[],
  strides: readonly number[],
  constant = 0,
  dynamic?: Expr,
): Index {
  const terms = variables
    .map((variable, axis) => ({ variable, stride: at(strides, axis) }))
    .filter(({ stride }) => stride !== 0);
  return dynamic ? { constant, terms, dynamic } : { constant, terms };
}

/** Zeros in the first `count` elements of a buffer. */
export function clear(buffer: number, dtype: DType, count: Expr): Statement {
  const zero = k.constant(registerOf(dtype), 0);
  return loop(count, (i) => [store(buffer, dtype, position([i], [1]), zero)], true);
}

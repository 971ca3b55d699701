import type { Expr, Index, Register, Variable } from '../../../graph/kernel/expr.ts';
import { bytesPerElement, type DType } from '../../../util/dtypes.ts';
import { at, invariant, lookup } from '../../../util/errors.ts';
import {
  type Code,
  type FunctionBuilder,
  f32x4,
  i32,
  i32x4,
  type Local,
  type ValueType,
  v128,
} from '../encoder/index.ts';
import { loadScalar, loadVector, storeScalar, storeVector } from './memory-access.ts';
import { choose, conversion, literal, operation, repeatsOperands, splat, type Width } from './operations.ts';

/** Elements of a vector. */
export const LANES = 4;

/** What the emitted code stands in: which variable runs over vector lanes, and what is held in locals already. */
export interface Context {
  readonly width: Width;
  /** The loop counter that advances by four elements, in vector code. */
  readonly lanes?: Variable;
  /** Which of several neighbouring vectors the code is for; default the first. */
  readonly vector?: number;
  /** The counter of the innermost loop around the code, if addresses were prepared for it. */
  readonly innermost?: Variable;
  readonly held: Map<Expr, Local>;
  /** How often each expression of the statements at hand is used. */
  readonly uses: ReadonlyMap<Expr, number>;
  /** Addresses computed outside the innermost loop, without the part that its counter moves. */
  readonly bases: ReadonlyMap<Index, Local>;
}

export interface EmitterOptions {
  readonly relaxedSimd: boolean;
}

const VALUE_TYPE: Record<Register, ValueType> = { f32: 'f32', f64: 'f64', i32: 'i32', bool: 'i32' };

/** Turns expressions into code of one function; shared subexpressions are computed once and held in locals. */
export class Emitter {
  readonly #function: FunctionBuilder;
  readonly #pointers: readonly Code[];
  readonly #options: EmitterOptions;
  readonly #variables = new Map<Variable, { scalar?: Local; vectors?: readonly Local[] }>();

  /** @param pointers address of each buffer */
  constructor(target: FunctionBuilder, pointers: readonly Code[], options: EmitterOptions) {
    this.#function = target;
    this.#pointers = pointers;
    this.#options = options;
  }

  /** The local of a variable, of the width it has in this context. */
  local(variable: Variable, { width, vector = 0 }: Pick<Context, 'width' | 'vector'>): Local {
    const locals = this.#variables.get(variable) ?? {};
    const known = width === 'vector' ? locals.vectors?.[vector] : locals.scalar;
    if (known) return known;
    const local = this.#function.local(width === 'vector' ? 'v128' : VALUE_TYPE[variable.register]);
    const vectors = locals.vectors ?? [];
    const grown = width === 'vector' ? { vectors: [...vectors, local] } : { scalar: local };
    this.#variables.set(variable, { ...locals, ...grown });
    return local;
  }

  /** A local for whatever purpose. */
  temporary(type: ValueType): Local {
    return this.#function.local(type);
  }

  /** Code that leaves the value of an expression. */
  value(expr: Expr, context: Context): Code {
    if (expr.kind === 'const') return literal(context.width, expr.register, expr.value);
    if (expr.kind === 'variable') return this.#variable(expr.variable, context);
    const held = context.held.get(expr);
    if (held) return held.get;
    const code = expr.kind === 'load' ? this.#load(expr, context) : this.#operation(expr, context);
    if ((context.uses.get(expr) ?? 0) < 2) return code;
    const local = this.#function.local(context.width === 'vector' ? 'v128' : VALUE_TYPE[expr.register]);
    context.held.set(expr, local);
    return local.tee(code);
  }

  /** Code that stores a value. */
  store(buffer: number, dtype: DType, index: Index, value: Expr, context: Context): Code {
    // in the order of evaluation: what the address computes first, the value may find in a local
    const address = this.address(buffer, dtype, index, context);
    const code = this.value(value, context);
    return context.width === 'vector' ? storeVector(dtype, address, code) : storeScalar(dtype, address, code);
  }

  /** The byte address of an element; in vector code, of the first of four. */
  address(buffer: number, dtype: DType, index: Index, context: Context): Code {
    const bytes = bytesPerElement(dtype);
    const base = context.bases.get(index);
    const moving = index.terms.filter(({ variable }) => !base || variable === context.innermost);
    let sum = base ? base.get : this.base(buffer, dtype, index);
    for (const { variable, stride } of base ? moving : [])
      sum = i32.add(sum, scaled(this.#counter(variable), stride * bytes));
    if (index.dynamic) sum = i32.add(sum, scaled(this.value(index.dynamic, scalarContext(context)), bytes));
    const ahead = (context.vector ?? 0) * LANES * laneStride(index, context) * bytes;
    return ahead === 0 ? sum : i32.add(sum, i32.const(ahead));
  }

  /** The address of an element as far as counters other than `except` decide it. */
  base(buffer: number, dtype: DType, index: Index, except?: Variable): Code {
    const bytes = bytesPerElement(dtype);
    let sum = at(this.#pointers, buffer);
    for (const { variable, stride } of index.terms) {
      if (variable !== except) sum = i32.add(sum, scaled(this.#counter(variable), stride * bytes));
    }
    return index.constant === 0 ? sum : i32.add(sum, i32.const(index.constant * bytes));
  }

  /** Makes a parameter or another local the place of a variable. */
  bind(variable: Variable, local: Local): void {
    this.#variables.set(variable, { scalar: local });
  }

  #counter(variable: Variable): Code {
    const { scalar } = lookup(this.#variables, variable);
    invariant(scalar, `${variable.name} counts in a scalar local`);
    return scalar.get;
  }

  #variable(variable: Variable, context: Context): Code {
    const locals = lookup(this.#variables, variable);
    if (context.width === 'scalar') {
      invariant(locals.scalar, `${variable.name} in scalar code`);
      return locals.scalar.get;
    }
    const { lanes, vector = 0 } = context;
    const local = locals.vectors?.[vector];
    if (local) return local.get;
    invariant(locals.scalar, `${variable.name} in vector code`);
    const spread = splat(variable.register, locals.scalar.get);
    const places = [0, 1, 2, 3].map((lane) => vector * LANES + lane);
    return variable === lanes ? i32x4.add(spread, i32x4.const(...places)) : spread;
  }

  #load({ buffer, dtype, index, register }: Extract<Expr, { kind: 'load' }>, context: Context): Code {
    const address = this.address(buffer, dtype, index, context);
    if (context.width === 'scalar') return loadScalar(dtype, address);
    const stride = laneStride(index, context);
    if (stride === 1) return loadVector(dtype, address);
    if (stride !== 0) return this.#loadStrided(dtype, register, address, stride);
    return dtype === 'float32' || dtype === 'int32'
      ? v128.load32Splat(address)
      : splat(register, loadScalar(dtype, address));
  }

  /** Four elements that are not neighbours. */
  #loadStrided(dtype: DType, register: Register, address: Code, stride: number): Code {
    const base = this.temporary('i32');
    const lane = (i: number) =>
      loadScalar(
        dtype,
        i === 0 ? base.get : i32.add(base.get, i32.const(i * stride * bytesPerElement(dtype))),
      );
    const first = register === 'f32' ? f32x4.splat(lane(0)) : i32x4.splat(lane(0));
    const replace = register === 'f32' ? f32x4.replaceLane : i32x4.replaceLane;
    const all = [1, 2, 3].reduce<Code>((vector, i) => replace(vector, i, lane(i)), first);
    const lanes = register === 'bool' ? i32x4.neg(all) : all;
    return [base.set(address), lanes];
  }

  #operation(expr: Extract<Expr, { kind: 'op' }>, context: Context): Code {
    const { op, args, register } = expr;
    const [first] = args;
    invariant(first, `${op} without operands`);
    if (op === 'convert')
      return conversion(context.width, first.register, register, this.value(first, context));
    if (op === 'select') return this.#select(args, context);
    const isShift = op === 'shiftLeft' || op === 'shiftRight' || op === 'shiftRightUnsigned';
    const codes = args.map((arg, i) =>
      this.value(arg, isShift && i === 1 ? scalarContext(context) : context),
    );
    if (op === 'mulAdd' && context.width === 'vector') return this.#multiplyAdd(codes);
    if ((op === 'max' || op === 'min') && context.width === 'vector' && register === 'f32')
      return extreme(op, args, codes);
    const operands = op === 'powerOf2' ? register : first.register;
    if (!repeatsOperands(context.width, op, operands)) return operation(context.width, op, operands, codes);
    const locals = codes.map(() => this.temporary('i32'));
    return [
      ...locals.map((local, i) => local.set(at(codes, i))),
      operation(
        context.width,
        op,
        operands,
        locals.map((l) => l.get),
      ),
    ];
  }

  #select([condition, a, b]: readonly Expr[], context: Context): Code {
    invariant(condition && a && b, 'select has three operands');
    const value = (expr: Expr) => this.value(expr, context);
    // a mask does in one instruction what a selection needs three for
    if (context.width === 'vector') {
      if (isLiteral(b, 0)) return v128.and(value(a), value(condition));
      if (isLiteral(a, 0)) return v128.andnot(value(b), value(condition));
      if (isLiteral(a, NaN)) return v128.or(value(b), value(condition));
    }
    return choose(context.width, value(a), value(b), value(condition));
  }

  #multiplyAdd([a = [], b = [], c = []]: readonly Code[]): Code {
    return this.#options.relaxedSimd ? f32x4.relaxedMadd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
  }
}

function isLiteral(expr: Expr, value: number): boolean {
  return expr.kind === 'const' && Object.is(expr.value, value);
}

/** Against a literal, `pmax` and `pmin` are one instruction and still let NaN through. */
function extreme(op: 'min' | 'max', args: readonly Expr[], [a = [], b = []]: readonly Code[]): Code {
  const second = at(args, 1);
  const isLiteral = second.kind === 'const' && !Number.isNaN(second.value);
  if (isLiteral) return op === 'max' ? f32x4.pmax(a, b) : f32x4.pmin(a, b);
  return op === 'max' ? f32x4.max(a, b) : f32x4.min(a, b);
}

/** Scalar code outside any loop. `held` must be replaced where code is emitted. */
export const SCALAR = {
  width: 'scalar',
  bases: new Map<Index, Local>(),
  uses: new Map<Expr, number>(),
} as const;

function scalarContext(context: Context): Context {
  return context.width === 'scalar' ? context : { ...SCALAR, held: new Map() };
}

/** Elements between neighbouring lanes of a load. */
export function laneStride(index: Index, { lanes }: Context): number {
  return index.terms.reduce((sum, { variable, stride }) => (variable === lanes ? sum + stride : sum), 0);
}

function scaled(code: Code, factor: number): Code {
  if (factor === 1) return code;
  const shift = Math.log2(factor);
  return Number.isInteger(shift) && shift > 0
    ? i32.shl(code, i32.const(shift))
    : i32.mul(code, i32.const(factor));
}

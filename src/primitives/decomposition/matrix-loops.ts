import { type Expr, type Index, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  type LoopProgram,
  loop,
  loops,
  type Statement,
  store,
} from '../../graph/kernel/loops.ts';
import type { Aval } from '../../graph/node.ts';
import type { DType } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';

/** Where an element is. A function, since code generation keeps addresses by index: no two accesses may share one. */
export type Place = () => Index;

/** A program that works on one matrix of a batch [..., m, n] after the other. */
export function overMatrices(
  inputs: readonly Aval[],
  body: (matrix: Variable) => readonly Statement[],
): LoopProgram {
  return {
    extent: sizeOf(at(inputs, 0).shape.slice(0, -2)),
    inputs: inputs.map(() => 'rows'),
    output: 'rows',
    body: (_first, rows) =>
      loops([rows], ([matrix]) => {
        invariant(matrix, 'a matrix to work on');
        return body(matrix);
      }),
  };
}

/** Elements of one buffer. */
export interface Cells {
  readonly buffer: number;
  readonly dtype: DType;
}

export function load({ buffer, dtype }: Cells, place: Place): Expr {
  return k.load(buffer, dtype, place());
}

export function put({ buffer, dtype }: Cells, place: Place, value: Expr): Statement {
  return store(buffer, dtype, place(), value);
}

/** Exchanges two elements. */
export function swap(cells: Cells, first: Place, second: Place): Statement[] {
  const kept = accumulator(registerOf(cells.dtype));
  return [
    assign(kept, load(cells, first)),
    put(cells, first, load(cells, second)),
    put(cells, second, k.read(kept)),
  ];
}

/** A rotation by an angle, in variables. */
export interface Rotation {
  readonly cosine: Variable;
  readonly sine: Variable;
}

/** (first, second) to (c first - s second, s first + c second). */
export function rotate(cells: Cells, { cosine, sine }: Rotation, first: Place, second: Place): Statement[] {
  const register = registerOf(cells.dtype);
  const [a, b] = [accumulator(register), accumulator(register)];
  const [c, s] = [k.read(cosine), k.read(sine)];
  return [
    assign(a, load(cells, first)),
    assign(b, load(cells, second)),
    put(cells, first, k.sub(k.mul(c, k.read(a)), k.mul(s, k.read(b)))),
    put(cells, second, k.add(k.mul(s, k.read(a)), k.mul(c, k.read(b)))),
  ];
}

/** Adds up `term` for 0 .. extent - 1 in a variable that starts at 0. */
export function sumInto(total: Variable, extent: Expr | number, term: (i: Variable) => Expr): Statement[] {
  return [
    assign(total, k.constant(total.register, 0)),
    loop(extent, (i) => [assign(total, k.add(k.read(total), term(i)))]),
  ];
}

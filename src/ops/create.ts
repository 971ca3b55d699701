import type { Node } from '../graph/node.ts';
import { add, cast, mul, select } from '../primitives/elementwise/arithmetic.ts';
import { eq, le } from '../primitives/elementwise/compare.ts';
import { constant } from '../primitives/leaf.ts';
import { iota } from '../primitives/random.ts';
import { broadcastTo, reshape } from '../primitives/structure/views.ts';
import { type NestedArray, Tensor } from '../tensor/tensor.ts';
import { Variable, type VariableOptions } from '../tensor/variable.ts';
import { type DType, isFloat, parseDType, type TypedArray } from '../util/dtypes.ts';
import { AntlerTypeError, AntlerValueError } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import {
  checkShape,
  flattenValues,
  hostTensor,
  naturalDType,
  type TensorLike,
  toNode,
  toTensor,
} from './convert.ts';

/**
 * A tensor of the given elements: a number, a boolean, nested arrays, or a typed array.
 * The dtype is float32 for numbers, bool for booleans and that of a typed array, unless given.
 * @param shapeOrDType the shape, of as many elements as there are values (default: as they are nested), or the dtype
 * @throws AntlerShapeError for ragged arrays and for a shape of another size
 */
export function tensor(
  values: NestedArray | TypedArray,
  shapeOrDType?: Shape | DType,
  dtype?: DType,
): Tensor {
  const found = flattenValues(values, 'tensor');
  const shape = shapeOrDType === undefined || typeof shapeOrDType === 'string' ? found.shape : shapeOrDType;
  const chosen = typeof shapeOrDType === 'string' ? shapeOrDType : dtype;
  const type = chosen === undefined ? naturalDType(values, 'tensor') : parseDType(chosen, 'tensor');
  return hostTensor(found.data, shape, type, 'tensor');
}

/** A tensor of rank 0. float32 for a number, bool for a boolean, unless given. */
export function scalar(value: number | boolean, dtype?: DType): Tensor {
  return tensor(value, [], dtype ?? naturalDType(value, 'scalar'));
}

/** A variable that starts as `initial`, which may be any value that `tensor` takes. */
export function variable(initial: TensorLike, options: VariableOptions = {}): Variable {
  return new Variable(toTensor(initial, 'variable'), options);
}

/** A tensor filled with `value`; float32 (bool for a boolean) unless given. */
export function full(shape: Shape, value: number | boolean, dtype?: DType): Tensor {
  const type = parseDType(dtype ?? naturalDType(value, 'full'), 'full');
  const element = type === 'bool' ? Number(Boolean(value)) : Number(value);
  return new Tensor(broadcastTo(constant(element, type), checkShape(shape, 'full')));
}

/** A tensor of zeros. */
export function zeros(shape: Shape, dtype: DType = 'float32'): Tensor {
  return full(shape, 0, dtype);
}

/** A tensor of ones. */
export function ones(shape: Shape, dtype: DType = 'float32'): Tensor {
  return full(shape, 1, dtype);
}

/** A tensor of `value` with the shape of x, and its dtype unless given. */
export function fullLike(x: TensorLike, value: number | boolean, dtype?: DType): Tensor {
  const node = toNode(x, 'fullLike');
  return full(node.shape, value, dtype ?? node.dtype);
}

/** Zeros with the shape of x, and its dtype unless given. */
export function zerosLike(x: TensorLike, dtype?: DType): Tensor {
  return fullLike(x, 0, dtype);
}

/** Ones with the shape of x, and its dtype unless given. */
export function onesLike(x: TensorLike, dtype?: DType): Tensor {
  return fullLike(x, 1, dtype);
}

/** 0, 1, ..., size - 1 along one axis of a shape of rank `rank`, other extents 1. */
function axisPositions(size: number, axis: number, rank: number): Node {
  return reshape(
    iota(size),
    Array.from({ length: rank }, (_, i) => (i === axis ? size : 1)),
  );
}

/** A relation between row and column + `diagonal` over a matrix. */
function overMatrix(
  rows: number,
  columns: number,
  diagonal: number,
  relation: (column: Node, row: Node) => Node,
): Node {
  const shape = [rows, columns];
  const row = add(
    broadcastTo(axisPositions(rows, 0, 2), shape),
    broadcastTo(constant(diagonal, 'int32'), shape),
  );
  return relation(broadcastTo(axisPositions(columns, 1, 2), shape), row);
}

/** The identity matrix, or a part of it: [rows, columns], ones where row equals column. */
export function eye(rows: number, columns: number = rows, dtype: DType = 'float32'): Tensor {
  checkShape([rows, columns], 'eye');
  return new Tensor(cast(overMatrix(rows, columns, 0, eq), dtype));
}

/** [rows, columns] of ones at and below the diagonal, which lies `diagonal` columns to the right. */
export function tri(rows: number, columns: number = rows, diagonal = 0, dtype: DType = 'float32'): Tensor {
  checkShape([rows, columns], 'tri');
  return new Tensor(cast(overMatrix(rows, columns, diagonal, le), dtype));
}

/**
 * start, start + step, ... up to but not including stop; `arange(stop)` starts at 0.
 * int32 if all arguments are whole numbers, else float32, unless given.
 * @throws AntlerValueError for a step of 0
 */
export function arange(start: number, stop?: number, step = 1, dtype?: DType): Tensor {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new AntlerValueError({
      where: 'arange',
      expected: 'finite bounds and a step that is not 0',
      got: `${[from, to, step]}`,
    });
  }
  const size = Math.max(0, Math.ceil((to - from) / step));
  const type = dtype ?? ([from, to, step].every(Number.isInteger) ? 'int32' : 'float32');
  return new Tensor(cast(line(size, from, step), parseDType(type, 'arange')));
}

/** from + i * step, in double precision. */
function line(size: number, from: number, step: number): Node {
  const position = cast(iota(size), 'float64');
  const shape = [size];
  const scaled = mul(position, broadcastTo(constant(step, 'float64'), shape));
  return add(scaled, broadcastTo(constant(from, 'float64'), shape));
}

/** `count` equally spaced values from start to stop, both included. */
export function linspace(start: number, stop: number, count = 50, dtype: DType = 'float32'): Tensor {
  checkShape([count], 'linspace');
  const values = line(count, start, count > 1 ? (stop - start) / (count - 1) : 0);
  // the last is stop exactly, whatever the rounding of the step
  const isLast = eq(iota(count), broadcastTo(constant(count > 1 ? count - 1 : -1, 'int32'), [count]));
  return new Tensor(cast(select(isLast, broadcastTo(constant(stop, 'float64'), [count]), values), dtype));
}

/**
 * Classes as unit vectors: integers [...i] to [...i, depth], 1 at the class and 0 elsewhere;
 * all zeros for a class outside [0, depth).
 * @throws AntlerTypeError for floats
 */
export function oneHot(indices: TensorLike, depth: number, dtype: DType = 'float32'): Tensor {
  const given = toNode(indices, 'oneHot');
  checkShape([depth], 'oneHot');
  if (indices instanceof Tensor && isFloat(given.dtype)) {
    throw new AntlerTypeError({
      where: 'oneHot',
      expected: 'integer classes',
      got: given.dtype,
      fix: "convert with cast(x, 'int32')",
    });
  }
  const classes = cast(given, 'int32');
  const shape = [...classes.shape, depth];
  const wanted = broadcastTo(reshape(classes, [...classes.shape, 1]), shape);
  return new Tensor(cast(eq(wanted, broadcastTo(axisPositions(depth, 0, 1), shape)), dtype));
}

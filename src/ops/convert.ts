import type { Node } from '../graph/node.ts';
import { cast } from '../primitives/elementwise/arithmetic.ts';
import { constant } from '../primitives/leaf.ts';
import { broadcastTo } from '../primitives/structure/views.ts';
import { fromHost, hostArray, type NestedArray, Tensor } from '../tensor/tensor.ts';
import { type DType, isFloat, promote, type TypedArray } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerTypeError, AntlerValueError, at } from '../util/errors.ts';
import { broadcastShapes, formatShape, type Shape, sizeOf } from '../util/shapes.ts';
import { shown } from '../util/shown.ts';

/** Everything an op takes for a tensor. Numbers are weak: they adopt the type of the tensor beside them. */
export type TensorLike = Tensor | NestedArray | TypedArray;

/** Integers that a weak number may become. */
const RANGES = { uint8: [0, 255], int32: [-(2 ** 31), 2 ** 31 - 1] } as const;

/** The dtype a host value has when nothing else decides. */
export function naturalDType(value: NestedArray | TypedArray, where: string): DType {
  if (value instanceof Float32Array) return 'float32';
  if (value instanceof Float64Array) return 'float64';
  if (value instanceof Int32Array) return 'int32';
  if (value instanceof Uint8Array) return 'uint8';
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) throw bigIntegers(value, where);
  const kinds = new Set<string>();
  collectKinds(value, kinds);
  if (kinds.size <= 1) return kinds.has('boolean') ? 'bool' : 'float32';
  throw new AntlerTypeError({
    where,
    expected: 'all numbers or all booleans',
    got: [...kinds].sort().join(' and '),
    fix: 'write 1 and 0 for true and false',
  });
}

function bigIntegers(value: BigInt64Array | BigUint64Array, where: string): AntlerTypeError {
  return new AntlerTypeError({
    where,
    expected: 'numbers of at most 32 bits',
    got: value.constructor.name,
    fix: 'convert it with Int32Array.from(values, Number)',
  });
}

function collectKinds(value: unknown, kinds: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectKinds(item, kinds);
  else kinds.add(typeof value);
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Shape and elements of nested arrays. @throws AntlerShapeError if they are ragged */
export function flattenValues(
  value: NestedArray | TypedArray,
  where: string,
): { shape: number[]; data: ArrayLike<number> } {
  if (isTypedArray(value)) return { shape: [value.length], data: value };
  const shape: number[] = [];
  for (let item: unknown = value; Array.isArray(item); item = item[0]) shape.push(item.length);
  const data: number[] = [];
  const visit = (item: unknown, axis: number) => {
    if (Array.isArray(item) && item.length === shape[axis]) for (const inner of item) visit(inner, axis + 1);
    else if (axis === shape.length && (typeof item === 'number' || typeof item === 'boolean'))
      data.push(Number(item));
    else throw ragged(item, shape, where);
  };
  visit(value, 0);
  return { shape, data };
}

function ragged(item: unknown, shape: Shape, where: string): Error {
  if (!Array.isArray(item) && typeof item !== 'number' && typeof item !== 'boolean') {
    const got = item === null ? 'null' : typeof item;
    return new AntlerTypeError({
      where,
      expected: 'tensors, numbers, booleans, or arrays of numbers or booleans',
      got,
      ...(typeof item === 'string' && shape.length > 0
        ? { fix: 'give numbers, for instance names.indexOf(name) for each name' }
        : {}),
    });
  }
  return new AntlerShapeError({
    where,
    expected: `arrays of equal length in every row (shape ${formatShape(shape)} by the first)`,
    got: Array.isArray(item) ? `a row of ${item.length}` : `the ${typeof item} ${item}`,
    fix: 'bring all rows to one length, for instance with zeros at their ends',
  });
}

/** A number as a compiled-in scalar of `dtype`. */
function literal(value: number | boolean, dtype: DType): Node {
  return constant(dtype === 'bool' ? Number(Boolean(value)) : Number(value), dtype);
}

/** The tensor of a value: tensors as they are, numbers as float32, booleans as bool, arrays by their kind. */
export function toTensor(value: TensorLike, where: string): Tensor {
  return value instanceof Tensor ? value : new Tensor(toNode(value, where));
}

/** The graph node of a value. */
export function toNode(value: TensorLike, where: string): Node {
  if (value instanceof Tensor) return value.node;
  if (typeof value === 'boolean') return literal(value, 'bool');
  if (typeof value === 'number') return literal(value, 'float32');
  const { shape, data } = flattenValues(value, where);
  const dtype = naturalDType(value, where);
  return fromHost(hostArray(dtype, data), shape, dtype).node;
}

/** `toNode`, with integers and bool converted to float32. */
export function toFloatNode(value: TensorLike, where: string): Node {
  const node = toNode(value, where);
  return isFloat(node.dtype) ? node : cast(node, 'float32');
}

/** `toNode`, with bool converted to int32: what arithmetic takes. */
export function toNumberNode(value: TensorLike, where: string): Node {
  const node = toNode(value, where);
  return node.dtype === 'bool' ? cast(node, 'int32') : node;
}

/** The dtype of several operands together: promotion, with numbers weaker than every tensor. */
export function commonDType(values: readonly TensorLike[], where: string): DType {
  const strong = values.filter((value) => typeof value !== 'number');
  const numbers = values.filter((value) => typeof value === 'number');
  if (strong.length === 0) return 'float32';
  const dtype = strong.map((value) => dtypeOf(value, where)).reduce(promote);
  if (isFloat(dtype) || numbers.length === 0) return dtype;
  if (!numbers.every(Number.isInteger)) return 'float32';
  return dtype === 'bool' ? 'int32' : dtype;
}

function dtypeOf(value: Exclude<TensorLike, number>, where: string): DType {
  return value instanceof Tensor ? value.dtype : naturalDType(value, where);
}

/** The node of a value in a given dtype. @throws AntlerValueError for a number that the integer type cannot hold */
export function toNodeOf(value: TensorLike, dtype: DType, where: string): Node {
  if (typeof value !== 'number') return cast(toNode(value, where), dtype);
  if (dtype === 'int32' || dtype === 'uint8') {
    const [low, high] = RANGES[dtype];
    if (value < low || value > high) {
      throw new AntlerValueError({
        where,
        expected: `a number in [${low}, ${high}] beside a tensor of ${dtype}`,
        got: `${value}`,
        fix: 'convert the tensor with cast(x, dtype) first',
      });
    }
  }
  return literal(value, dtype);
}

/** Operands brought to one dtype and one shape. @throws AntlerShapeError if the shapes do not broadcast */
export function broadcastOperands(values: readonly TensorLike[], dtype: DType, where: string): Node[] {
  const nodes = values.map((value) => toNodeOf(value, dtype, where));
  const shape = nodes.map((node) => node.shape).reduce((a, b) => broadcastShapes(a, b, where));
  return nodes.map((node) => broadcastTo(node, shape));
}

/** A shape given by a user. @throws AntlerShapeError unless all extents are whole and not negative */
export function checkShape(shape: Shape, where: string): Shape {
  if (!Array.isArray(shape)) {
    throw new AntlerShapeError({
      where,
      expected: 'a list of extents',
      got: shown(shape),
      fix: 'write [2, 3]',
    });
  }
  if (shape.every((extent) => Number.isInteger(extent) && extent >= 0)) return shape;
  throw new AntlerShapeError({ where, expected: 'whole extents >= 0', got: formatShape(shape) });
}

/** Host elements under a shape. @throws AntlerShapeError if their number differs */
export function hostTensor(data: ArrayLike<number>, shape: Shape, dtype: DType, where: string): Tensor {
  if (data.length !== sizeOf(checkShape(shape, where))) {
    throw new AntlerShapeError({
      where,
      expected: `${sizeOf(shape)} elements for shape ${formatShape(shape)}`,
      got: `${data.length}`,
    });
  }
  return fromHost(hostArray(dtype, data), shape, dtype);
}

/** Exactly two nodes of a list that was made from two. */
export function pair(nodes: readonly Node[]): [Node, Node] {
  return [at(nodes, 0), at(nodes, 1)];
}

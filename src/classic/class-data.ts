import { type TensorLike, toTensor } from '../ops/convert.ts';
import { oneHot } from '../ops/create.ts';
import { cast, mul, sub } from '../ops/math/arithmetic.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { isFloat } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { finiteRows } from './perceptron-data.ts';

/** Rows of numbers with a class each. */
export interface ClassData {
  /** [rows, features], float */
  readonly x: Tensor;
  /** [rows], each in 0 .. classes - 1 */
  readonly labels: Int32Array;
  readonly classes: number;
}

/**
 * Rows of floats.
 * @throws AntlerShapeError, AntlerValueError unless they are [rows, columns] and finite
 */
export function floatRows(x: TensorLike, where: string, columns?: number): Tensor {
  const rows = finiteRows(x, where, columns);
  return isFloat(rows.dtype) ? rows : cast(rows, 'float32');
}

/**
 * Examples to learn from.
 * @throws AntlerShapeError, AntlerValueError for rows that are no finite numbers, and for labels that are not one whole number
 * >= 0 a row
 */
export function classData(x: TensorLike, labels: TensorLike, where: string): ClassData {
  const rows = floatRows(x, where);
  const classes = classLabels(labels, at(rows.shape, 0), where);
  return { x: rows, labels: classes, classes: classes.reduce((most, label) => Math.max(most, label + 1), 0) };
}

/** One class for each of `count` examples. @throws AntlerShapeError, AntlerValueError for anything else */
function classLabels(labels: TensorLike, count: number, where: string): Int32Array {
  const given = toTensor(labels, where);
  if (given.rank !== 1 || given.shape[0] !== count) {
    throw new AntlerShapeError({
      where,
      expected: `one label a row, [${count}]`,
      got: formatShape(given.shape),
    });
  }
  const values = given.dataSync();
  const wrong = values.find((label) => !Number.isInteger(label) || label < 0);
  if (wrong === undefined) return Int32Array.from(values);
  throw new AntlerValueError({ where, expected: 'labels that are whole numbers >= 0', got: `${wrong}` });
}

/** 1 in the column of the class, -1 in the others: [rows, classes]. */
export function signedTargets({ x, labels, classes }: ClassData): Tensor {
  return sub(mul(oneHot(labels, classes, x.dtype), 2), 1);
}

/** The numbers of the rows of each class. @throws AntlerValueError for a class without rows */
export function rowsOfClasses({ labels, classes }: ClassData, where: string): Int32Array[] {
  const members = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, row) => {
    at(members, label).push(row);
  });
  const empty = members.findIndex((rows) => rows.length === 0);
  if (empty < 0) return members.map((rows) => Int32Array.from(rows));
  throw new AntlerValueError({
    where,
    expected: `rows of every class in 0 .. ${classes - 1}`,
    got: `none of class ${empty}`,
    fix: 'number the classes without gaps',
  });
}

/** An option that must be a positive number. @throws AntlerValueError */
export function requirePositive(value: number, name: string, where: string): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw new AntlerValueError({ where, expected: `${name}, a number > 0`, got: `${value}` });
}

/** An option that must be a whole number of at least 1. @throws AntlerValueError */
export function requireCount(value: number, name: string, where: string): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new AntlerValueError({ where, expected: `${name}, a whole number >= 1`, got: `${value}` });
}

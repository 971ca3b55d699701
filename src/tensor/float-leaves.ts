import { isFloat } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerTypeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';
import { Tensor } from './tensor.ts';
import { type Structure, takeApart } from './tree.ts';

/** The leaves of a structure that is differentiated. @throws AntlerValueError, AntlerTypeError unless all are float tensors */
export function floatLeaves({ leaves }: Structure, where: string): Tensor[] {
  return leaves.map((leaf, index) => {
    const place = `${where}, leaf ${index}`;
    if (!(leaf instanceof Tensor)) {
      const got = leaf === null ? 'null' : typeof leaf;
      throw new AntlerValueError({
        where: place,
        expected: 'a tensor',
        got,
        fix: 'wrap numbers with scalar(x)',
      });
    }
    if (isFloat(leaf.dtype)) return leaf;
    const fix = "convert with cast(x, 'float32')";
    throw new AntlerTypeError({ where: place, expected: 'a float tensor', got: leaf.dtype, fix });
  });
}

/** The leaves of a value that must be like given tensors: cotangents of results, tangents of arguments. */
export function leavesLike(tensors: readonly Tensor[], key: string, value: unknown, where: string): Tensor[] {
  const structure = takeApart(value);
  if (structure.key !== key) {
    const expected = `the structure ${key}, where * is a tensor`;
    throw new AntlerValueError({ where, expected, got: structure.key });
  }
  return floatLeaves(structure, where).map((leaf, index) => {
    requireLike(leaf, at(tensors, index), `${where}, leaf ${index}`);
    return leaf;
  });
}

/** @throws AntlerShapeError, AntlerTypeError unless shape and dtype are those of `model` */
export function requireLike(tensor: Tensor, model: Tensor, where: string): void {
  if (!sameShape(tensor.shape, model.shape)) {
    const [expected, got] = [formatShape(model.shape), formatShape(tensor.shape)];
    throw new AntlerShapeError({ where, expected: `shape ${expected}`, got: `shape ${got}` });
  }
  if (tensor.dtype !== model.dtype) {
    throw new AntlerTypeError({ where, expected: model.dtype, got: tensor.dtype });
  }
}

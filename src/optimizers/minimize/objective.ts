import { tensor } from '../../ops/create.ts';
import { valueAndGrad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type Structure, takeApart } from '../../tensor/tree.ts';
import { isFloat } from '../../util/dtypes.ts';
import { AntlerTypeError } from '../../util/errors.ts';
import { shown } from '../../util/shown.ts';

/** A point with what is known there. */
export interface Point {
  readonly position: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A compiled loss over the elements of its parameters, laid out as one vector in double precision. */
export class Objective<Parameters> {
  readonly start: Float64Array;
  readonly isSingle: boolean;
  evaluations = 0;
  readonly #structure: Structure;
  readonly #tensors: readonly Tensor[];
  readonly #compiled: (parameters: Parameters) => [Tensor, Parameters];

  private constructor(loss: (parameters: Parameters) => Tensor, structure: Structure, start: Float64Array) {
    this.#structure = structure;
    this.#tensors = structure.leaves.map(requireTensor);
    this.isSingle = this.#tensors.some(({ dtype }) => dtype === 'float32');
    this.start = start;
    this.#compiled = jit((parameters: Parameters) => valueAndGrad(loss)(parameters));
  }

  /** @throws AntlerTypeError unless every leaf of `start` is a tensor of floats */
  static async of<Parameters>(
    loss: (parameters: Parameters) => Tensor,
    start: Parameters,
  ): Promise<Objective<Parameters>> {
    const structure = takeApart(start);
    return new Objective(loss, structure, await gathered(structure.leaves.map(requireTensor)));
  }

  async at(position: Float64Array): Promise<Point> {
    this.evaluations++;
    const parameters = this.parametersAt(position);
    const [value, gradient] = this.#compiled(parameters);
    const slopes = takeApart(gradient).leaves.map(requireTensor);
    return { position, value: await value.item(), gradient: await gathered(slopes) };
  }

  /** The elements as tensors in the structure of the start. */
  parametersAt(position: Float64Array): Parameters {
    let offset = 0;
    const leaves = this.#tensors.map(({ shape, size, dtype }) => {
      const part = position.subarray(offset, offset + size);
      offset += size;
      return tensor(part, shape, dtype);
    });
    return this.#structure.rebuild(leaves) as Parameters;
  }
}

function requireTensor(leaf: unknown): Tensor {
  if (leaf instanceof Tensor && isFloat(leaf.dtype)) return leaf;
  throw new AntlerTypeError({
    where: 'minimize, start',
    expected: 'tensors of float32 or float64, in arrays and objects',
    got: leaf instanceof Tensor ? leaf.dtype : shown(leaf),
    fix: "make one with tensor(values, 'float64')",
  });
}

async function gathered(tensors: readonly Tensor[]): Promise<Float64Array> {
  const all = new Float64Array(tensors.reduce((sum, { size }) => sum + size, 0));
  let offset = 0;
  for (const part of tensors) {
    all.set(await part.data(), offset);
    offset += part.size;
  }
  return all;
}

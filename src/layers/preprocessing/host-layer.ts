import type { TensorLike } from '../../ops/convert.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { currentTrace } from '../../tensor/trace.ts';
import { AntlerTypeError } from '../../util/errors.ts';
import type { CallOptions } from '../call.ts';
import { Layer } from '../layer.ts';
import type { Mapped, Several } from '../several.ts';
import { SymbolicTensor } from '../symbolic-tensor.ts';
import type { Texts } from './tokens.ts';

/**
 * A layer that works on arrays of strings, of which there are no tensors: outside compiled programs, on the host. Its
 * `apply` takes strings, or numbers, and gives a tensor; it belongs before a model, e.g. in `dataset.map`.
 */
export abstract class HostLayer extends Layer {
  /** What `apply` does. */
  protected abstract encode(inputs: Texts | Several<TensorLike>): Tensor;

  override apply(inputs: Several<SymbolicTensor>): Mapped<Tensor, Tensor, SymbolicTensor>;
  override apply(inputs: Several<TensorLike>): Tensor;
  override apply(
    inputs: readonly (SymbolicTensor | Tensor)[],
    options?: CallOptions,
  ): Mapped<Tensor, Tensor, SymbolicTensor>;
  override apply(inputs: Texts | readonly (Texts | TensorLike)[]): Tensor;
  override apply(inputs: unknown): unknown {
    return this.inScope(() => {
      if ([inputs].flat().some(isInsideModel)) throw refusal();
      this.ensureBuilt([null]);
      return this.encode(inputs as Texts | Several<TensorLike>);
    });
  }

  override call(): Tensor {
    throw refusal();
  }
}

function isInsideModel(input: unknown): boolean {
  return input instanceof SymbolicTensor || (input instanceof Tensor && currentTrace() !== undefined);
}

function refusal(): AntlerTypeError {
  return new AntlerTypeError({
    where: 'apply',
    expected: 'arrays on the host: this layer works outside of models and compiled programs',
    got: 'a tensor inside one',
    fix: 'apply it to the data before, for instance with dataset.map((x) => layer.apply(x))',
  });
}

import { cast } from '../ops/math/arithmetic.ts';
import { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { type DType, isFloat } from '../util/dtypes.ts';

let computeDtypeAround: DType | undefined;

/** Runs `body` so that weights in it come in the type in which a layer computes. */
export function withComputeDtype<T>(dtype: DType, body: () => T): T {
  const outer = computeDtypeAround;
  computeDtypeAround = dtype;
  try {
    return body();
  } finally {
    computeDtypeAround = outer;
  }
}

/**
 * A weight in its layer's own type. Inside of `call` it comes in the type in which the layer computes, and takes such
 * values; optimizers, penalties and files see it as it is kept. As Keras's autocasting variables.
 */
export class LayerVariable extends Variable {
  override read(): Tensor {
    const value = super.read();
    return computeDtypeAround && isFloat(this.dtype) ? cast(value, computeDtypeAround) : value;
  }

  override assign(value: Tensor): void {
    const isOfCall = computeDtypeAround && value instanceof Tensor && isFloat(value.dtype);
    super.assign(isOfCall && isFloat(this.dtype) ? cast(value, this.dtype) : value);
  }
}

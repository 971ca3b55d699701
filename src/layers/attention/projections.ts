import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { sizeOf } from '../../util/shapes.ts';

/** Weights of a linear map. */
export interface Projection {
  readonly kernel: Tensor;
  readonly bias: Tensor | undefined;
}

/**
 * Sums over the last axes of x, as many as `bound`, as one tall matrix product: x [..., ...in] with a kernel
 * [...in, ...out] and a bias [...out] to [..., ...out].
 */
export function project(x: Tensor, { kernel, bias }: Projection, bound: 1 | 2): Tensor {
  const rows = x.shape.slice(0, -bound);
  const [inner, outer] = [kernel.shape.slice(0, bound), kernel.shape.slice(bound)];
  const depth = sizeOf(inner);
  const product = matmul(reshape(x, [...rows, depth]), reshape(kernel, [depth, sizeOf(outer)]));
  const y = reshape(product, [...rows, ...outer]);
  return bias ? add(y, bias) : y;
}

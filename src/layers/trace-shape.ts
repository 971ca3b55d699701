import type { Tensor } from '../tensor/tensor.ts';
import { withTrace } from '../tensor/trace.ts';
import { tracedInput } from '../tensor/traced-input.ts';
import type { DType } from '../util/dtypes.ts';
import { type BatchShape, withBatch } from './batch-shape.ts';

/** Two batch sizes: extents of the result that differ between them depend on the batch. */
const PROBES = [2, 3] as const;

/** The result of a function for a traced input; nothing is computed, and no variable changes. */
export function traceCall(inputShape: BatchShape, batch: number, dtype: DType, call: (x: Tensor) => Tensor) {
  const input = tracedInput({ shape: withBatch(inputShape, batch), dtype });
  return { input, output: withTrace({ reads: new Map(), writes: new Map() }, () => call(input)) };
}

/** The shape that a function gives for inputs of a shape, null where it depends on the batch. */
export function traceOutputShape(
  inputShape: BatchShape,
  dtype: DType,
  call: (x: Tensor) => Tensor,
): BatchShape {
  const [first, second] = PROBES.map((batch) => traceCall(inputShape, batch, dtype, call).output.shape);
  return (first ?? []).map((extent, axis) => (extent === second?.[axis] ? extent : null));
}

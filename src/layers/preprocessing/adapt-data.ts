import { hostTensor, naturalDType, type TensorLike, toTensor } from '../../ops/convert.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { TypedArray } from '../../util/dtypes.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';

/** Elements on the host under a shape, as batches of a dataset have them. */
interface HostValues {
  readonly data: TypedArray;
  readonly shape: Shape;
}

/** One batch of what a layer adapts to; of several parts, such as `[x, y]`, the first counts. */
export type AdaptBatch = TensorLike | HostValues | readonly (TensorLike | HostValues)[];

/** What a layer of numbers adapts to: all values at once, or batches: a list, a generator, a dataset. */
export type AdaptData = TensorLike | Iterable<AdaptBatch> | AsyncIterable<AdaptBatch>;

/** How a layer adapts. */
export interface AdaptOptions {
  /** Stop after so many batches. Default all. */
  readonly steps?: number;
}

/** The batches, in order. @throws AntlerDataError if there are none */
export async function* numericBatches(
  data: AdaptData,
  { steps = Infinity }: AdaptOptions,
  where: string,
): AsyncGenerator<Tensor> {
  let count = 0;
  for await (const batch of isWhole(data) ? [data] : data) {
    if (count >= steps) return;
    count++;
    yield toBatch(batch, where);
  }
  if (count === 0) throw new AntlerDataError({ where, expected: 'at least one batch', got: 'none' });
}

/** Whether these are all values at once; a list that holds tensors is a list of batches. */
function isWhole(data: AdaptData): data is TensorLike {
  if (Array.isArray(data)) return data.length > 0 && !data.some(isHolder);
  return typeof data !== 'object' || isHolder(data);
}

/** Whether something holds numbers by itself. */
function isHolder(value: unknown): boolean {
  return value instanceof Tensor || ArrayBuffer.isView(value) || isHostValues(value);
}

function isHostValues(value: unknown): value is HostValues {
  return typeof value === 'object' && value !== null && 'data' in value && 'shape' in value;
}

function toBatch(batch: AdaptBatch, where: string): Tensor {
  if (batch instanceof Tensor) return batch;
  if (Array.isArray(batch) && batch.some(isHolder)) return toBatch(batch[0] as AdaptBatch, where);
  if (!isHostValues(batch)) return toTensor(batch as TensorLike, where);
  return hostTensor(batch.data, batch.shape, naturalDType(batch.data, where), where);
}

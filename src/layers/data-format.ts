import { moveaxis } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { type BatchShape, formatBatchShape } from './batch-shape.ts';

/** Where the channels stand: behind the spatial axes, or before them. */
export type DataFormat = 'channelsLast' | 'channelsFirst';

const FORMATS: readonly DataFormat[] = ['channelsLast', 'channelsFirst'];

/** @throws AntlerValueError for a format it does not know */
export function requireDataFormat(format: DataFormat, where: string): void {
  if (FORMATS.includes(format)) return;
  throw unknownName({ where, kind: 'a dataFormat', name: String(format), known: FORMATS });
}

/**
 * Applies a function of [batch, ...spatial, channels] to data of either format; the result has the format of
 * the input.
 */
export function withChannelsLast(x: Tensor, format: DataFormat, f: (x: Tensor) => Tensor): Tensor {
  return format === 'channelsLast' ? f(x) : moveaxis(f(moveaxis(x, 1, -1)), -1, 1);
}

/** The axis of the channels. */
export function channelAxisOf(format: DataFormat): number {
  return format === 'channelsLast' ? -1 : 1;
}

/** The number of channels. @throws AntlerShapeError if it is not known */
export function channelsOf(input: BatchShape, format: DataFormat): number {
  const channels = input.at(channelAxisOf(format));
  if (typeof channels === 'number') return channels;
  throw new AntlerShapeError({
    where: 'input shape',
    expected: 'a known number of channels',
    got: formatBatchShape(input),
  });
}

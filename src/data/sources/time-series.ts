import { AntlerDataError } from '../../util/errors.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import { Dataset } from '../pipeline/dataset.ts';
import type { HostArray } from '../pipeline/element.ts';
import { type RandomAccess, sourceOf } from '../pipeline/source.ts';
import { requireWhole } from '../pipeline/whole-number.ts';
import { rowsOf, type Slice, type Sliceable } from './tensors.ts';

/** Options of `data.fromTimeSeries`. */
export interface TimeSeriesOptions {
  /** Steps of a window. */
  readonly sequenceLength: number;
  /** Steps from one window to the next. Default 1. */
  readonly sequenceStride?: number;
  /** Steps of the series from one step of a window to the next. Default 1. */
  readonly samplingRate?: number;
}

/**
 * Windows over a series [time, ...features], each beside the target of the step at which it begins. To learn the step
 * behind the window, give `targets` without the first `sequenceLength`. As Keras's `timeseries_dataset_from_array`,
 * but not batched or shuffled.
 * @param targets a window begins only where there is one
 * @throws AntlerDataError if there is no room for a window
 */
export function fromTimeSeries<const T extends Sliceable>(
  series: Sliceable,
  targets: T,
  options: TimeSeriesOptions,
): Dataset<readonly [window: HostArray, target: Slice<T>]> {
  const where = 'data.fromTimeSeries';
  requireKnownOptions(options, ['sequenceLength', 'sequenceStride', 'samplingRate'], where);
  const { sequenceStride: stride = 1, samplingRate: rate = 1 } = options;
  const length = requireWhole(options.sequenceLength, 'sequenceLength', where, 1);
  requireWhole(stride, 'sequenceStride', where, 1);
  requireWhole(rate, 'samplingRate', where, 1);
  const [rows, goals] = [rowsOf(series), rowsOf(targets)];
  const starts = Math.min(rows.size - (length - 1) * rate, goals.size);
  if (starts < 1) {
    throw new AntlerDataError({
      where,
      expected: `at least ${(length - 1) * rate + 1} steps and a target`,
      got: `${rows.size} and ${goals.size} targets`,
    });
  }
  return new Dataset(sourceOf(windows<Slice<T>>(rows, goals, { length, rate, stride, starts })));
}

interface Windows {
  readonly length: number;
  readonly rate: number;
  readonly stride: number;
  readonly starts: number;
}

function windows<T>(
  rows: RandomAccess<unknown>,
  goals: RandomAccess<unknown>,
  { length, rate, stride, starts }: Windows,
): RandomAccess<readonly [HostArray, T]> {
  return {
    size: Math.ceil(starts / stride),
    view: async (epoch) => {
      const [steps, targets] = [await rows.view(epoch), await goals.view(epoch)];
      return {
        get: async (index) => {
          const places = Int32Array.from({ length }, (_, step) => index * stride + step * rate);
          return [steps.gather?.(places) as HostArray, (await targets.get(index * stride)) as T] as const;
        },
      };
    },
  };
}

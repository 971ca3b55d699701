import { cast, div, mul } from '../../ops/math/arithmetic.ts';
import { max, mean, sum } from '../../ops/reduce/reduce.ts';
import { expandDims } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type DataFormat, requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import type { Mask } from '../masks.ts';
import { type SpatialRank, spatialLayout } from '../window.ts';

/** Options of the global poolings. */
export interface GlobalPoolingConfig {
  readonly dataFormat: DataFormat;
  /** Whether the spatial axes stay, with extent 1. Default false. */
  readonly keepDims: boolean;
}

interface Reduction {
  readonly axis: readonly number[];
  readonly keepDims: boolean;
}

function defineGlobalPooling(
  type: string,
  rank: SpatialRank,
  reduce: (x: Tensor, reduction: Reduction, mask: Mask) => Tensor,
) {
  return defineLayer({
    type: `${type}${rank}D`,
    defaults: { dataFormat: 'channelsLast', keepDims: false },
    input: spatialLayout(rank),
    check: ({ dataFormat }: GlobalPoolingConfig, where) => requireDataFormat(dataFormat, where),
    call({ config: { dataFormat, keepDims } }, x, { mask }) {
      const first = dataFormat === 'channelsLast' ? 1 : 2;
      return reduce(x, { axis: Array.from({ length: rank }, (_, i) => first + i), keepDims }, mask);
    },
  });
}

function meanOfSteps(x: Tensor, reduction: Reduction, mask: Mask): Tensor {
  if (!mask) return mean(x, reduction);
  const counts = expandDims(cast(mask, x.dtype), reduction.axis[0] === 1 ? 2 : 1);
  return div(sum(mul(x, counts), reduction), sum(counts, reduction));
}

/** The mean over all steps that a mask does not leave out: [batch, steps, channels] to [batch, channels]. As Keras 3. */
export const globalAveragePooling1d = defineGlobalPooling('GlobalAveragePooling', 1, meanOfSteps);

/** The mean over all pixels: [batch, height, width, channels] to [batch, channels]. As Keras 3. */
export const globalAveragePooling2d = defineGlobalPooling('GlobalAveragePooling', 2, mean);

/** The mean over the volume: [batch, depth, height, width, channels] to [batch, channels]. As Keras 3. */
export const globalAveragePooling3d = defineGlobalPooling('GlobalAveragePooling', 3, mean);

/** The largest of all steps: [batch, steps, channels] to [batch, channels]. As Keras 3. */
export const globalMaxPooling1d = defineGlobalPooling('GlobalMaxPooling', 1, max);

/** The largest of all pixels: [batch, height, width, channels] to [batch, channels]. As Keras 3. */
export const globalMaxPooling2d = defineGlobalPooling('GlobalMaxPooling', 2, max);

/** The largest of the volume: [batch, depth, height, width, channels] to [batch, channels]. As Keras 3. */
export const globalMaxPooling3d = defineGlobalPooling('GlobalMaxPooling', 3, max);

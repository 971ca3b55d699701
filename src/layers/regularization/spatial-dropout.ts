import { div, where } from '../../ops/math/arithmetic.ts';
import { bernoulli } from '../../random/distributions.ts';
import { type DataFormat, requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireRate } from '../requirements.ts';
import { type SpatialRank, spatialLayout } from '../window.ts';

/** Options of the spatial dropouts. */
export interface SpatialDropoutConfig {
  /** Part of the channels that are dropped, in [0, 1). */
  readonly rate: number;
  readonly dataFormat: DataFormat;
}

function defineSpatialDropout(rank: SpatialRank) {
  return defineLayer({
    type: `SpatialDropout${rank}D`,
    required: ['rate'],
    defaults: { dataFormat: 'channelsLast' },
    input: spatialLayout(rank),
    supportsMasking: true,
    check({ rate, dataFormat }: SpatialDropoutConfig, where) {
      requireRate(rate, 'rate', where);
      requireDataFormat(dataFormat, where);
    },
    build: ({ rate }: SpatialDropoutConfig, _input, weights) => ({
      stream: rate > 0 ? weights.seedGenerator() : undefined,
    }),
    call({ config: { rate, dataFormat }, stream }, x, { training }) {
      if (!training || !stream) return x;
      const channels = dataFormat === 'channelsLast' ? rank + 1 : 1;
      const shape = x.shape.map((extent, axis) => (axis === 0 || axis === channels ? extent : 1));
      return where(bernoulli(stream.next(), 1 - rate, shape), div(x, 1 - rate), 0);
    },
  });
}

/**
 * `dropout` of whole channels of an example: [batch, steps, channels] to the same (Tompson 2014). As Keras 3,
 * which has no `dataFormat` here.
 */
export const spatialDropout1d = defineSpatialDropout(1);

/** `dropout` of whole channels of an example: [batch, height, width, channels] to the same. As Keras 3. */
export const spatialDropout2d = defineSpatialDropout(2);

/** `dropout` of whole channels of an example: [batch, depth, height, width, channels] to the same. As Keras 3. */
export const spatialDropout3d = defineSpatialDropout(3);

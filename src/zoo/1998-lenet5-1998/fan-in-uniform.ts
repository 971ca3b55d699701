import { defineInitializer } from '../../initializers/initializer.ts';
import { div, reshape, tensor } from '../../ops/index.ts';
import { uniform } from '../../random/index.ts';

const BOUND = 1.2;

interface FanInConfig {
  /** Inputs of the units that the weights belong to: of all, or of each along the first axis. */
  readonly fanIn: number | readonly number[];
}

/**
 * Uniform in ± 1.2 / √fan-in, so that sums lie where `squash` is steep at any number of inputs. The paper prints
 * 2.4 / fan-in; with that the states fade to a hundredth at F6, almost all weights get the largest rate, and the units
 * saturate within a pass. With the root the rates before the first pass lie where the paper says they do.
 */
export const fanInUniform = defineInitializer({
  className: 'FanInUniform',
  defaults: { fanIn: 1 } as FanInConfig,
  sample: ({ fanIn }, shape, { key }) => {
    const drawn = uniform(key, shape, { minval: -BOUND, maxval: BOUND });
    if (typeof fanIn === 'number') return div(drawn, Math.sqrt(fanIn));
    return div(drawn, reshape(tensor(fanIn.map(Math.sqrt)), [fanIn.length, ...shape.slice(1).map(() => 1)]));
  },
});

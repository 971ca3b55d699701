import { normal, truncatedNormal, uniform } from '../random/distributions.ts';
import { unknownName } from '../util/suggest.ts';
import { fansOf } from './fans.ts';
import { defineInitializer, type Initializer, requirePositive } from './initializer.ts';
import { floatOf, type SeedOption, streamOf } from './random.ts';

const MODES = ['fanIn', 'fanOut', 'fanAvg'] as const;
const DISTRIBUTIONS = ['truncatedNormal', 'untruncatedNormal', 'uniform'] as const;

/** Options of `varianceScaling`. */
export interface VarianceScalingConfig extends SeedOption {
  /** Variance times the fan. Default 1. */
  readonly scale: number;
  /** Which fan divides the variance. Default `fanIn`. */
  readonly mode: (typeof MODES)[number];
  readonly distribution: (typeof DISTRIBUTIONS)[number];
  /** The axes of the weight that count inputs; with `outputAxes` they replace the usual ones. Default null. */
  readonly inputAxes: readonly number[] | null;
  /** The axes of the weight that count outputs. Default null. */
  readonly outputAxes: readonly number[] | null;
}

/** Standard deviation of a standard normal distribution cut off at -2 and 2. */
const TRUNCATED_STDDEV = 0.8796256610342398;

/** Random values of variance scale / fan, so that signals keep their size through a layer. As Keras 3. */
export const varianceScaling = defineInitializer<VarianceScalingConfig>({
  className: 'VarianceScaling',
  defaults: {
    scale: 1,
    mode: 'fanIn',
    distribution: 'truncatedNormal',
    inputAxes: null,
    outputAxes: null,
    seed: null,
  },
  check: ({ scale, mode, distribution }) => {
    const where = 'VarianceScaling';
    requirePositive(scale, 'scale', where);
    if (!MODES.includes(mode)) throw unknownName({ where, kind: 'a mode', name: mode, known: MODES });
    if (DISTRIBUTIONS.includes(distribution)) return;
    throw unknownName({ where, kind: 'a distribution', name: distribution, known: DISTRIBUTIONS });
  },
  sample: (config, shape, context) => {
    const { inputAxes, outputAxes } = config;
    const own = inputAxes && outputAxes ? { inputAxes, outputAxes } : undefined;
    const { fanIn, fanOut } = fansOf(shape, own ?? context.fanAxes);
    const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[config.mode];
    const stddev = Math.sqrt(config.scale / Math.max(1, fan));
    const key = streamOf(config, context);
    const dtype = floatOf(context);
    switch (config.distribution) {
      case 'uniform': {
        const limit = Math.sqrt(3) * stddev;
        return uniform(key, shape, { minval: -limit, maxval: limit, dtype });
      }
      case 'untruncatedNormal':
        return normal(key, shape, { stddev, dtype });
      case 'truncatedNormal':
        return truncatedNormal(key, shape, { stddev: stddev / TRUNCATED_STDDEV, dtype });
    }
  },
});

type Rule = Pick<VarianceScalingConfig, 'scale' | 'mode' | 'distribution'>;

/** A well-known case of variance scaling under its own name. */
function namedRule(className: string, rule: Rule): (options?: Partial<SeedOption>) => Initializer {
  return defineInitializer<SeedOption>({
    className,
    defaults: { seed: null },
    sample: ({ seed }, shape, context) => varianceScaling({ ...rule, seed }).sample(shape, context),
  });
}

/**
 * Uniform with variance 2 / (fan in + fan out) (Glorot and Bengio 2010). Default of dense and convolution
 * kernels.
 */
export const glorotUniform = namedRule('GlorotUniform', {
  scale: 1,
  mode: 'fanAvg',
  distribution: 'uniform',
});

/** Truncated normal with variance 2 / (fan in + fan out) (Glorot and Bengio 2010). */
export const glorotNormal = namedRule('GlorotNormal', {
  scale: 1,
  mode: 'fanAvg',
  distribution: 'truncatedNormal',
});

/** Uniform with variance 2 / fan in, for ReLU (He 2015). */
export const heUniform = namedRule('HeUniform', { scale: 2, mode: 'fanIn', distribution: 'uniform' });

/** Truncated normal with variance 2 / fan in, for ReLU (He 2015). */
export const heNormal = namedRule('HeNormal', { scale: 2, mode: 'fanIn', distribution: 'truncatedNormal' });

/** Uniform with variance 1 / fan in (LeCun 1998). */
export const lecunUniform = namedRule('LecunUniform', { scale: 1, mode: 'fanIn', distribution: 'uniform' });

/** Truncated normal with variance 1 / fan in (LeCun 1998). */
export const lecunNormal = namedRule('LecunNormal', {
  scale: 1,
  mode: 'fanIn',
  distribution: 'truncatedNormal',
});

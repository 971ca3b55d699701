import { whileLoop } from '../ops/control/control.ts';
import { type TensorLike, toFloatNode } from '../ops/convert.ts';
import { full, zeros } from '../ops/create.ts';
import { abs, add, cast, div, mul, pow, sub, where } from '../ops/math/arithmetic.ts';
import { greater, less, logicalAnd, logicalNot } from '../ops/math/compare.ts';
import { log, sqrt } from '../ops/math/math.ts';
import { any, stopGradient } from '../ops/reduce/reduce.ts';
import { broadcastTo } from '../ops/shape/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, at } from '../util/errors.ts';
import { broadcastShapes, formatShape, type Shape, sameShape } from '../util/shapes.ts';
import { normal, uniform } from './distributions.ts';
import { foldIn, split } from './keys.ts';

type Float = 'float32' | 'float64';

/** Options of the distributions here. */
export interface ShapedOptions {
  /** Default: that of the parameters, broadcast. They broadcast against it. */
  readonly shape?: Shape;
}

/** Parameters as floats of one shape; no gradient flows to them. */
function parameters(values: readonly TensorLike[], options: ShapedOptions, where: string): Tensor[] {
  const nodes = values.map((value) => toFloatNode(value, where));
  const isDouble = nodes.some(({ dtype }) => dtype === 'float64');
  const common = nodes.map(({ shape }) => shape).reduce((a, b) => broadcastShapes(a, b, where));
  const shape = options.shape ?? common;
  if (!sameShape(broadcastShapes(common, shape, where), shape)) {
    const expected = `parameters that broadcast to ${formatShape(shape)}`;
    throw new AntlerShapeError({ where, expected, got: formatShape(common) });
  }
  const dtype = isDouble ? 'float64' : 'float32';
  return nodes.map((node) => stopGradient(broadcastTo(cast(new Tensor(node), dtype), shape)));
}

function floatOf({ dtype }: Tensor): Float {
  return dtype === 'float64' ? 'float64' : 'float32';
}

/** Uniform in (0, 1): what logarithms stay finite for. */
function positiveUniform(key: Tensor, shape: Shape, dtype: Float): Tensor {
  return uniform(key, shape, { minval: 2 ** -126, maxval: 1, dtype });
}

/** d = alpha - 1/3 and c = 1 / sqrt(9 d) of Marsaglia and Tsang 2000, for alpha >= 1. */
function gammaAboveOne(key: Tensor, alpha: Tensor): Tensor {
  const { shape } = alpha;
  const dtype = floatOf(alpha);
  const d = sub(alpha, 1 / 3);
  const c = div(1, sqrt(mul(d, 9)));
  const start = { round: zeros([], 'int32'), value: d, isOpen: full(shape, true) };
  const { value } = whileLoop(
    ({ isOpen }) => any(isOpen),
    ({ round, value, isOpen }) => {
      const [first, second] = split(foldIn(key, round));
      const x = normal(first, shape, { dtype });
      const root = add(mul(c, x), 1);
      const v = mul(root, mul(root, root));
      const logV = log(where(greater(v, 0), v, 1));
      const bound = add(mul(0.5, mul(x, x)), mul(d, add(sub(1, v), logV)));
      const isGood = less(log(positiveUniform(second, shape, dtype)), bound);
      const accepted = logicalAnd(isOpen, logicalAnd(greater(v, 0), isGood));
      return {
        round: add(round, 1),
        value: where(accepted, mul(d, v), value),
        isOpen: logicalAnd(isOpen, logicalNot(accepted)),
      };
    },
    start,
  );
  return value;
}

/**
 * Gamma with shape parameter alpha and scale 1 (Marsaglia and Tsang 2000). Without a gradient; NaN where alpha is not a
 * positive finite number. Integers become float32.
 */
export function gamma(key: Tensor, alpha: TensorLike, options: ShapedOptions = {}): Tensor {
  const shape = at(parameters([alpha], options, 'gamma'), 0);
  const isValid = logicalAnd(greater(shape, 0), less(shape, Infinity));
  const safe = where(isValid, shape, 1);
  const [first, second] = split(key);
  // below 1, a larger one is drawn and made smaller
  const isSmall = less(safe, 1);
  const drawn = gammaAboveOne(first, where(isSmall, add(safe, 1), safe));
  const shrink = pow(positiveUniform(second, safe.shape, floatOf(safe)), div(1, safe));
  return stopGradient(where(isValid, where(isSmall, mul(drawn, shrink), drawn), Number.NaN));
}

/**
 * Beta with parameters a and b, broadcast: gamma(a) / (gamma(a) + gamma(b)). Without a gradient; NaN where a parameter is not a
 * positive finite number. Integers become float32.
 */
export function beta(key: Tensor, a: TensorLike, b: TensorLike, options: ShapedOptions = {}): Tensor {
  const [left, right] = parameters([a, b], options, 'beta') as [Tensor, Tensor];
  const [first, second] = split(key);
  const [x, y] = [gamma(first, left), gamma(second, right)];
  return stopGradient(div(x, add(x, y)));
}

/**
 * How many events of rate 1 fall into a time `rate`, as int32 (the Poisson distribution), by counting waiting times: the time
 * it takes grows with the largest rate. 0 where the rate is not above 0; infinite rates count as 2^24.
 */
export function poisson(key: Tensor, rate: TensorLike, options: ShapedOptions = {}): Tensor {
  const given = at(parameters([rate], options, 'poisson'), 0);
  const limit = where(less(given, 2 ** 24), given, 2 ** 24);
  const { shape } = limit;
  const dtype = floatOf(limit);
  const { count } = whileLoop(
    ({ elapsed }) => any(less(elapsed, limit)),
    ({ round, elapsed, count }) => {
      const waiting = abs(log(positiveUniform(foldIn(key, round), shape, dtype)));
      const now = add(elapsed, waiting);
      return { round: add(round, 1), elapsed: now, count: add(count, cast(less(now, limit), 'int32')) };
    },
    { round: zeros([], 'int32'), elapsed: zeros(shape, dtype), count: zeros(shape, 'int32') },
  );
  return count;
}

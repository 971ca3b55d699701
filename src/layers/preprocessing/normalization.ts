import { type TensorLike, toTensor } from '../../ops/convert.ts';
import { add, cast, div, maximum, mul, sub } from '../../ops/math/arithmetic.ts';
import { sqrt } from '../../ops/math/math.ts';
import { broadcastTo, reshape } from '../../ops/shape/shape.ts';
import { fromHost, hostArray, type NestedArray, type Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type BatchShape, formatBatchShape, isOneShape, knownExtent } from '../batch-shape.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';
import { plainConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { partsOf, type Several } from '../several.ts';
import { type AdaptData, type AdaptOptions, numericBatches } from './adapt-data.ts';
import { RunningMoments } from './running-moments.ts';

/** Options of `normalization`. */
export interface NormalizationConfig {
  /** Axes whose places have a mean and a variance each; null: one for all. Default -1. */
  readonly axis: number | readonly number[] | null;
  /** Default null: `adapt` finds it. */
  readonly mean: NestedArray | null;
  /** Default null: `adapt` finds it. */
  readonly variance: NestedArray | null;
  /** Whether normalized values are turned back. Default false. */
  readonly invert: boolean;
}

const RULES = {
  type: 'Normalization',
  defaults: { axis: -1, mean: null, variance: null, invert: false },
  check: (config: object, where: string) => requireBoth(config as NormalizationConfig, where),
};

/** The least standard deviation that is divided by. */
const EPSILON = 1e-7;

/** A layer that shifts and scales by a mean and a variance that are known beforehand. */
export class Normalization extends Layer {
  readonly #config: NormalizationConfig;
  /** What `adapt` finds: mean, variance, and the count that Keras has for the sake of older files. */
  #found: readonly [mean: Variable, variance: Variable] | undefined;
  #kept: readonly number[] = [];
  #broadcast: readonly number[] = [];

  constructor(config: NormalizationConfig, options: LayerOptions) {
    super(RULES.type, options);
    this.#config = config;
  }

  override get arity(): Arity {
    return 'one';
  }

  override get inputDType(): InputDType {
    return 'float';
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override build(inputShape: Several<BatchShape>): void {
    const shape = at(partsOf(inputShape, isOneShape).items, 0);
    const axes = this.#config.axis === null ? [] : [this.#config.axis].flat();
    this.#kept = axes.map((axis) => normalizeAxis(axis, shape.length, 'axis')).sort((a, b) => a - b);
    this.#broadcast = shape.map((_, axis) => (this.#kept.includes(axis) ? knownExtent(shape, axis) : 1));
    if (this.#config.mean === null) {
      const extents = this.#kept.map((axis) => knownExtent(shape, axis));
      const options = { trainable: false };
      this.#found = [
        this.addWeight('mean', extents, 'zeros', options),
        this.addWeight('variance', extents, 'ones', options),
      ];
      this.addWeight('count', [], 'zeros', { ...options, dtype: 'int32' });
    }
    super.build(inputShape);
  }

  override call(x: Tensor): Tensor {
    const [mean, variance] = this.#moments().map((value) => cast(value, x.dtype)) as [Tensor, Tensor];
    const deviation = maximum(sqrt(variance), EPSILON);
    return this.#config.invert ? add(mean, mul(x, deviation)) : div(sub(x, mean), deviation);
  }

  /**
   * Takes mean and variance from data [batch, ...], all at once or in batches; what it had found before is forgotten.
   * @throws AntlerValueError if they are given as options; AntlerShapeError for other extents than it was built for
   */
  async adapt(data: AdaptData, options: AdaptOptions = {}): Promise<void> {
    const where = `${this.label}.adapt`;
    if (this.#config.mean !== null) {
      const expected = 'a layer without the options mean and variance';
      throw new AntlerValueError({ where, expected, got: 'one that has them' });
    }
    const moments = new RunningMoments();
    for await (const batch of numericBatches(data, options, where)) {
      this.ensureBuilt([null, ...batch.shape.slice(1)]);
      this.checkInput(batch.shape);
      await moments.add(batch, this.#kept);
    }
    // no model that takes the layer in may start its weights anew
    this.pin();
    const [mean, variance] = this.#found ?? [];
    mean?.assign(fromHost(hostArray(mean.dtype, moments.mean), mean.shape, mean.dtype));
    variance?.assign(fromHost(hostArray(variance.dtype, moments.variance), variance.shape, variance.dtype));
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...plainConfig(this.#config, `${this.label}.getConfig`) };
  }

  protected override checkInput(inputShape: Several<BatchShape>): void {
    const shape = at(partsOf(inputShape, isOneShape).items, 0);
    const rank = this.#broadcast.length;
    if (shape.length === rank && this.#kept.every((axis) => shape[axis] === this.#broadcast[axis])) return;
    const expected = `what it was built for: ${formatBatchShape(this.builtShape as BatchShape)}`;
    throw new AntlerShapeError({ where: 'input', expected, got: formatBatchShape(shape) });
  }

  /** Mean and variance, to be broadcast against the input. */
  #moments(): Tensor[] {
    if (this.#found) return this.#found.map((weight) => reshape(weight.read(), this.#broadcast));
    const { mean, variance } = this.#config;
    return [mean, variance].map((value) => this.#given(value as TensorLike));
  }

  /** A value that was given, whose axes belong to the last of the axes that are kept. */
  #given(value: TensorLike): Tensor {
    const given = toTensor(value, 'mean and variance');
    const axes = this.#kept.slice(this.#kept.length - given.rank);
    const shape = this.#broadcast.map((_, axis) => {
      const place = axes.indexOf(axis);
      return place < 0 ? 1 : at(given.shape, place);
    });
    return broadcastTo(reshape(given, shape), this.#broadcast);
  }
}

/**
 * (x - mean) / sqrt(variance) with a mean and a variance for each feature: any shape to the same. `await
 * layer.adapt(data)` finds them, or they are given. As Keras 3.
 */
export function normalization(options: Partial<NormalizationConfig> & LayerOptions = {}): Normalization {
  const [base, own] = separate(options);
  return new Normalization(completeConfig(RULES, own) as NormalizationConfig, base);
}

function requireBoth({ axis, mean, variance }: NormalizationConfig, where: string): void {
  if ((mean === null) !== (variance === null)) {
    const got = mean === null ? 'variance alone' : 'mean alone';
    throw new AntlerValueError({ where, expected: 'mean and variance, or neither', got });
  }
  if (mean === null || variance === null) return;
  const [first, second] = [mean, variance].map((value) => toTensor(value, where)) as [Tensor, Tensor];
  const axes = axis === null ? 0 : [axis].flat().length;
  if (`${first.shape}` === `${second.shape}` && first.rank <= axes) return;
  throw new AntlerShapeError({
    where,
    expected: `mean and variance of one shape, of at most ${axes} axes`,
    got: `[${first.shape.join(', ')}] and [${second.shape.join(', ')}]`,
  });
}

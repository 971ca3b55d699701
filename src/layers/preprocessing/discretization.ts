import { searchsorted } from '../../ops/search/searching.ts';
import { fromHost, hostArray, type Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { requireWhole } from '../requirements.ts';
import { type AdaptData, type AdaptOptions, numericBatches } from './adapt-data.ts';
import { type CategoryMode, encodeCategories, requireMode } from './encode-categories.ts';
import { binBoundariesOf, EMPTY_SUMMARY, mergeSummaries, summarize } from './quantile-summary.ts';

/** Options of `discretization`. */
export interface DiscretizationConfig {
  /** Where bins end and the next begin, in order. Default null: `adapt` finds them. */
  readonly binBoundaries: readonly number[] | null;
  /** How many bins `adapt` looks for. */
  readonly numBins: number | null;
  /** How exactly `adapt` looks: the part of the values that it may be wrong by. Default 0.01. */
  readonly epsilon: number;
  /** Default `int`. */
  readonly outputMode: CategoryMode;
}

const MODES = ['int', 'oneHot', 'multiHot', 'count'] as const;

const RULES = {
  type: 'Discretization',
  defaults: { binBoundaries: null, numBins: null, epsilon: 0.01, outputMode: 'int' },
  check: (config: object, where: string) => requireBins(config as DiscretizationConfig, where),
};

/** A layer that says in which bin a number lies. */
export class Discretization extends Layer {
  readonly #config: DiscretizationConfig;
  #boundaries: readonly number[] | null;

  constructor(config: DiscretizationConfig, options: LayerOptions) {
    super(RULES.type, options);
    this.#config = config;
    this.#boundaries = config.binBoundaries;
  }

  override get arity(): Arity {
    return 'one';
  }

  override get inputDType(): InputDType {
    return 'float';
  }

  /** Where bins end and the next begin; null before `adapt`. */
  get binBoundaries(): readonly number[] | null {
    return this.#boundaries;
  }

  override call(x: Tensor): Tensor {
    const boundaries = this.#boundaries;
    if (boundaries === null) {
      throw new AntlerValueError({
        where: 'apply',
        expected: 'known bins',
        got: 'none yet',
        fix: 'give binBoundaries, or call adapt(data) first',
      });
    }
    const borders = fromHost(hostArray(x.dtype, boundaries), [boundaries.length], x.dtype);
    const bins = searchsorted(borders, x, { side: 'right' });
    const { outputMode } = this.#config;
    if (outputMode === 'int') return bins;
    return encodeCategories(bins, outputMode, boundaries.length + 1, { dtype: this.dtype });
  }

  /**
   * Finds `numBins` bins that hold about equally many values of data of any shape, all at once or in batches; what it
   * had found before is forgotten. A program that was compiled with this layer before keeps the bins of then.
   * @throws AntlerValueError if binBoundaries are given as an option without numBins
   */
  async adapt(data: AdaptData, options: AdaptOptions = {}): Promise<void> {
    const where = `${this.label}.adapt`;
    const { numBins, epsilon } = this.#config;
    if (numBins === null) {
      const expected = 'a layer with the option numBins';
      throw new AntlerValueError({ where, expected, got: 'one with binBoundaries' });
    }
    let summary = EMPTY_SUMMARY;
    for await (const batch of numericBatches(data, options, where)) {
      summary = mergeSummaries(summarize(await batch.data(), epsilon), summary, epsilon);
    }
    this.#boundaries = binBoundariesOf(summary, numBins);
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...this.#config, binBoundaries: this.#boundaries };
  }
}

/**
 * Numbers as the numbers of the bins they lie in: any shape to the same, as int32; or as vectors of all bins, see
 * `categoryEncoding`. `await layer.adapt(data)` finds the bins, or they are given. As Keras 3.
 */
export function discretization(options: Partial<DiscretizationConfig> & LayerOptions): Discretization {
  const [base, own] = separate(options);
  return new Discretization(completeConfig(RULES, own) as DiscretizationConfig, base);
}

function requireBins(config: DiscretizationConfig, where: string): void {
  const { binBoundaries, numBins, epsilon, outputMode } = config;
  requireMode(outputMode, MODES, where);
  if (binBoundaries === null && numBins === null) {
    throw new AntlerValueError({ where, expected: 'binBoundaries or numBins', got: 'neither' });
  }
  if (numBins !== null) requireWhole(numBins, 'numBins', where);
  if (!(epsilon > 0 && epsilon < 1)) {
    throw new AntlerValueError({ where, expected: 'epsilon in (0, 1)', got: `${epsilon}` });
  }
  const isAscending = binBoundaries?.every((border, i) => i === 0 || border >= Number(binBoundaries[i - 1]));
  if (isAscending === false) {
    throw new AntlerValueError({
      where,
      expected: 'binBoundaries in ascending order',
      got: `[${binBoundaries}]`,
    });
  }
}

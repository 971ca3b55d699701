import type { TensorLike } from '../../ops/convert.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { requireWhole } from '../requirements.ts';
import type { Several } from '../several.ts';
import { bucketOf, type Salt } from './buckets.ts';
import { type CategoryMode, encodeCategories, requireMode } from './encode-categories.ts';
import { HostLayer } from './host-layer.ts';
import { type Texts, tokensOf } from './tokens.ts';

/** Options of `hashing`. */
export interface HashingConfig {
  /** How many categories there are. */
  readonly numBins: number;
  /** A text or number that alone has the category 0. Default null: none. */
  readonly maskValue: string | number | null;
  /** A key for hashes that nobody can foresee (SipHash-2-4). Default null: FarmHash. */
  readonly salt: Salt | null;
  /** Default `int`. */
  readonly outputMode: CategoryMode;
}

const MODES = ['int', 'oneHot', 'multiHot', 'count'] as const;

const RULES = {
  type: 'Hashing',
  required: ['numBins'],
  defaults: { maskValue: null, salt: null, outputMode: 'int' },
  check(config: object, where: string) {
    const { numBins, outputMode } = config as HashingConfig;
    requireWhole(numBins, 'numBins', where);
    requireMode(outputMode, MODES, where);
  },
};

/** A layer that gives texts and whole numbers categories by their hashes. */
export class Hashing extends HostLayer {
  readonly #config: HashingConfig;

  constructor(config: HashingConfig, options: LayerOptions) {
    super(RULES.type, options);
    this.#config = config;
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...this.#config };
  }

  protected override encode(inputs: Texts | Several<TensorLike>): Tensor {
    const { numBins, outputMode } = this.#config;
    const { items, shape } = tokensOf(inputs as Texts | TensorLike, 'input');
    const categories = fromHost(
      Int32Array.from(items, (item) => this.#categoryOf(item)),
      shape,
      'int32',
    );
    if (outputMode === 'int') return categories;
    return encodeCategories(categories, outputMode, numBins, { dtype: this.dtype });
  }

  #categoryOf(token: string): number {
    const { numBins, maskValue, salt } = this.#config;
    if (maskValue === null || numBins === 1) return bucketOf(token, numBins, salt);
    return token === String(maskValue) ? 0 : 1 + bucketOf(token, numBins - 1, salt);
  }
}

/**
 * Texts or whole numbers as categories in [0, numBins), by their hashes: arrays of any shape to an int32 tensor of it,
 * or to vectors, see `categoryEncoding`. Works on the host, before a model. As Keras 3 and TensorFlow.
 */
export function hashing(
  options: Pick<HashingConfig, 'numBins'> & Partial<HashingConfig> & LayerOptions,
): Hashing {
  const [base, own] = separate(options);
  return new Hashing(completeConfig(RULES, own) as HashingConfig, base);
}

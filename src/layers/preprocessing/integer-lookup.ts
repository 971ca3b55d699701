import { full, fullLike } from '../../ops/create.ts';
import { take } from '../../ops/index/take.ts';
import { add, where as choose, clip, mod } from '../../ops/math/arithmetic.ts';
import { equal, greaterEqual, less, logicalAnd } from '../../ops/math/compare.ts';
import { searchsorted } from '../../ops/search/searching.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { type AdaptData, type AdaptOptions, numericBatches } from './adapt-data.ts';
import { NO_CATEGORY } from './encode-categories.ts';
import { LOOKUP_DEFAULTS, type LookupConfig, requireLookup } from './lookup-options.ts';
import { TokenCounts } from './token-counts.ts';
import { Vocabulary } from './vocabulary.ts';

/** Options of `integerLookup`. */
export type IntegerLookupConfig = LookupConfig<number>;

const RULES = {
  type: 'IntegerLookup',
  defaults: { ...LOOKUP_DEFAULTS, oovToken: -1 },
  check: (config: object, where: string) => requireLookup(config as IntegerLookupConfig, where),
};

/** A layer that knows the indices of whole numbers. */
export class IntegerLookup extends Layer {
  readonly #config: IntegerLookupConfig;
  readonly #vocabulary: Vocabulary<number>;

  constructor(config: IntegerLookupConfig, options: LayerOptions) {
    super(RULES.type, options);
    this.#config = config;
    this.#vocabulary = new Vocabulary(config, this.label);
  }

  override get arity(): Arity {
    return 'one';
  }

  override get inputDType(): InputDType {
    return 'integer';
  }

  /** How many indices there are. */
  get vocabularySize(): number {
    return this.#vocabulary.size;
  }

  /** All numbers in the order of their indices. */
  getVocabulary(): number[] {
    return Array.from({ length: this.vocabularySize }, (_, index) => this.#vocabulary.at(index));
  }

  /** Replaces the vocabulary. @throws AntlerValueError for one that makes no sense */
  setVocabulary(tokens: readonly number[], idfWeights: readonly number[] | null = null): void {
    this.#vocabulary.set(tokens, idfWeights, `${this.label}.setVocabulary`);
  }

  /**
   * Takes the vocabulary from whole numbers, in rows that are documents: the most frequent first. What it had found
   * before is forgotten. A program that was compiled with this layer before keeps the vocabulary of then.
   * @throws AntlerValueError if the vocabulary was given as an option
   */
  async adapt(data: AdaptData, options: AdaptOptions = {}): Promise<void> {
    const where = `${this.label}.adapt`;
    if (this.#config.vocabulary !== null) {
      const [expected, got] = ['a layer without the option vocabulary', 'one that has it'];
      throw new AntlerValueError({ where, expected, got });
    }
    const counts = new TokenCounts<number>();
    for await (const batch of numericBatches(data, options, where)) {
      const items = Array.from(await batch.data());
      const length = batch.rank > 1 ? items.length / Math.max(1, at(batch.shape, 0)) : 1;
      for (let i = 0; i < items.length; i += length) counts.add(items.slice(i, i + length));
    }
    this.#vocabulary.learn(counts);
  }

  override call(x: Tensor): Tensor {
    return this.#config.invert ? this.#tokensAt(x) : this.#vocabulary.encode(this.#indicesOf(x), this.dtype);
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...this.#config, ...this.#vocabulary.described };
  }

  #tokensAt(indices: Tensor): Tensor {
    const tokens = Int32Array.from(this.getVocabulary());
    const isInside = logicalAnd(greaterEqual(indices, 0), less(indices, tokens.length));
    const found = take(fromHost(tokens, [tokens.length], 'int32'), clip(indices, 0, tokens.length - 1));
    return choose(isInside, found, this.#config.oovToken);
  }

  #indicesOf(x: Tensor): Tensor {
    const { maskToken, outputMode } = this.#config;
    const tokens = [...this.#vocabulary.tokens].sort((a, b) => a - b);
    const indices = tokens.map((token) => this.#vocabulary.indexOf(token) ?? 0);
    const found = tokens.length === 0 ? this.#unknown(x) : this.#search(x, tokens, indices);
    if (maskToken === null) return found;
    return choose(equal(x, maskToken), outputMode === 'int' ? 0 : NO_CATEGORY, found);
  }

  #search(x: Tensor, tokens: readonly number[], indices: readonly number[]): Tensor {
    const [keys, values] = [tokens, indices].map((list) =>
      fromHost(Int32Array.from(list), [list.length], 'int32'),
    ) as [Tensor, Tensor];
    const places = clip(searchsorted(keys, x), 0, tokens.length - 1);
    return choose(equal(take(keys, places), x), take(values, places), this.#unknown(x));
  }

  /** The indices of numbers that are not in the vocabulary. */
  #unknown(x: Tensor): Tensor {
    const { numOovIndices } = this.#config;
    if (numOovIndices === 0) return fullLike(x, NO_CATEGORY);
    return add(mod(x, numOovIndices), full([], this.#vocabulary.oovStart, 'int32'));
  }
}

/**
 * Whole numbers as indices of a vocabulary: any shape to the same, as int32, or to vectors, see `categoryEncoding`.
 * `await layer.adapt(data)` finds the vocabulary, or it is given. Part of a model as any other layer. As Keras 3, but
 * with `numOovIndices: 0` a number that is not in the vocabulary has an index outside of it (2^31 - 1), of which
 * embeddings make NaN and vectors zeros.
 */
export function integerLookup(options: Partial<IntegerLookupConfig> & LayerOptions = {}): IntegerLookup {
  const [base, own] = separate(options);
  return new IntegerLookup(completeConfig(RULES, own) as IntegerLookupConfig, base);
}

import { type TensorLike, toTensor } from '../../ops/convert.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { AntlerDataError, AntlerTypeError, AntlerValueError } from '../../util/errors.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import type { Several } from '../several.ts';
import type { AdaptOptions } from './adapt-data.ts';
import { bucketOf, type Salt } from './buckets.ts';
import { NO_CATEGORY } from './encode-categories.ts';
import { HostLayer } from './host-layer.ts';
import { LOOKUP_DEFAULTS, type LookupConfig, requireLookup } from './lookup-options.ts';
import { type TextData, textBatches } from './text-batches.ts';
import { TokenCounts } from './token-counts.ts';
import { nestTexts, type Texts, textsOf } from './tokens.ts';
import { Vocabulary } from './vocabulary.ts';

/** Options of `stringLookup`. */
export interface StringLookupConfig extends LookupConfig<string> {
  /** Of hashes, where several indices share the tokens that are not in the vocabulary. Default null. */
  readonly salt: Salt | null;
}

const RULES = {
  type: 'StringLookup',
  defaults: { ...LOOKUP_DEFAULTS, oovToken: '[UNK]', salt: null },
  check: (config: object, where: string) => requireLookup(config as StringLookupConfig, where),
};

/** A layer that knows the indices of texts. */
export class StringLookup extends HostLayer {
  readonly #config: StringLookupConfig;
  readonly #vocabulary: Vocabulary<string>;
  readonly #isStatic: boolean;

  constructor(config: StringLookupConfig, options: LayerOptions) {
    super(RULES.type, options);
    this.#config = config;
    this.#vocabulary = new Vocabulary(config, this.label);
    this.#isStatic = config.vocabulary !== null;
  }

  /** How many indices there are. */
  get vocabularySize(): number {
    return this.#vocabulary.size;
  }

  /** All tokens in the order of their indices. */
  getVocabulary(): string[] {
    return Array.from({ length: this.vocabularySize }, (_, index) => this.#vocabulary.at(index));
  }

  /** Replaces the vocabulary. @throws AntlerValueError for one that makes no sense */
  setVocabulary(tokens: readonly string[], idfWeights: readonly number[] | null = null): void {
    this.#vocabulary.set(tokens, idfWeights, `${this.label}.setVocabulary`);
  }

  /**
   * Takes the vocabulary from texts, each a token, in rows that are documents: the most frequent first. What it had
   * found before is forgotten.
   * @throws AntlerValueError if the vocabulary was given as an option
   */
  async adapt(data: TextData, options: AdaptOptions = {}): Promise<void> {
    const where = `${this.label}.adapt`;
    const counts = new TokenCounts<string>();
    for await (const { items, shape } of textBatches(data, options, where)) {
      const length = shape.length > 1 ? items.length / Math.max(1, shape[0] ?? 1) : 1;
      for (let i = 0; i < items.length; i += length) counts.add(items.slice(i, i + length));
    }
    this.learn(counts);
  }

  /** Takes the vocabulary from counts. @throws AntlerValueError if it was given as an option */
  learn(counts: TokenCounts<string>): void {
    if (this.#isStatic) {
      const [expected, got] = ['a layer without the option vocabulary', 'one that has it'];
      throw new AntlerValueError({ where: `${this.label}.adapt`, expected, got });
    }
    this.#vocabulary.learn(counts);
  }

  /** @throws AntlerValueError unless there is a vocabulary */
  requireVocabulary(): void {
    this.#vocabulary.require();
  }

  /** The index of a token; `NO_CATEGORY` for one that is left out. @throws AntlerDataError for one that must not be */
  indexOf(token: string): number {
    const { maskToken, outputMode, numOovIndices, salt } = this.#config;
    if (token === maskToken) return outputMode === 'int' ? 0 : NO_CATEGORY;
    const known = this.#vocabulary.indexOf(token);
    if (known !== undefined) return known;
    if (numOovIndices > 0) return this.#vocabulary.oovStart + bucketOf(token, numOovIndices, salt);
    throw new AntlerDataError({
      where: 'input',
      expected: 'tokens of the vocabulary',
      got: `'${token}'`,
      fix: 'set numOovIndices to 1, for tokens that are not in it',
    });
  }

  /** Indices as vectors, as the output mode wants it. */
  encodeIndices(indices: Tensor): Tensor {
    return this.#vocabulary.encode(indices, this.dtype);
  }

  /** The tokens at indices: nested as deep as they are. What Keras's layer gives with `invert`. */
  tokensAt(indices: TensorLike): Texts {
    const given = toTensor(indices, 'indices');
    return nestTexts(
      Array.from(given.dataSync(), (index) => this.#vocabulary.at(index)),
      given.shape,
    );
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...this.#config, ...this.#vocabulary.described };
  }

  protected override encode(inputs: Texts | Several<TensorLike>): Tensor {
    if (this.#config.invert) {
      throw new AntlerTypeError({
        where: 'apply',
        expected: 'a layer that gives numbers',
        got: 'one with invert, which gives texts',
        fix: 'call tokensAt(indices)',
      });
    }
    this.requireVocabulary();
    const { items, shape } = textsOf(inputs as Texts, 'input');
    const indices = Int32Array.from(items, (token) => this.indexOf(token));
    return this.encodeIndices(fromHost(indices, shape, 'int32'));
  }
}

/**
 * Texts as indices of a vocabulary: arrays of strings of any shape to an int32 tensor of it, or to vectors, see
 * `categoryEncoding`. `await layer.adapt(data)` finds the vocabulary, or it is given. Works on the host, before a model.
 * As Keras 3.
 */
export function stringLookup(options: Partial<StringLookupConfig> & LayerOptions = {}): StringLookup {
  const [base, own] = separate(options);
  return new StringLookup(completeConfig(RULES, own) as StringLookupConfig, base);
}

import { mul } from '../../ops/math/arithmetic.ts';
import { fromHost, hostArray, type Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { encodeCategories } from './encode-categories.ts';
import type { LookupConfig } from './lookup-options.ts';
import type { TokenCounts } from './token-counts.ts';

/**
 * Tokens with their indices: the mask (only for `int`), those that are not in the vocabulary, then the vocabulary. What
 * the layers that look up have in common.
 */
export class Vocabulary<Token extends string | number> {
  readonly #config: LookupConfig<Token>;
  #tokens: readonly Token[] | undefined;
  #indices: ReadonlyMap<Token, number> = new Map();
  /** Of all indices, for `tfIdf`. */
  #weights: readonly number[] | undefined;

  /** @throws AntlerValueError for a vocabulary that makes no sense */
  constructor(config: LookupConfig<Token>, where: string) {
    this.#config = config;
    if (config.vocabulary !== null) this.set(config.vocabulary, config.idfWeights, where);
  }

  /** The index of tokens that are not in the vocabulary, or the first of them. */
  get oovStart(): number {
    const { maskToken, outputMode } = this.#config;
    return maskToken !== null && outputMode === 'int' ? 1 : 0;
  }

  /** The index of the first token. */
  get tokenStart(): number {
    return this.oovStart + this.#config.numOovIndices;
  }

  /** How many indices there are. */
  get size(): number {
    return this.tokenStart + (this.#tokens?.length ?? 0);
  }

  /** What stands before the tokens. */
  get specialTokens(): (Token | null)[] {
    const { maskToken, oovToken, numOovIndices } = this.#config;
    const masks = new Array<Token | null>(this.oovStart).fill(maskToken);
    return [...masks, ...new Array<Token>(numOovIndices).fill(oovToken)];
  }

  /** The tokens without special ones. @throws AntlerValueError if there are none yet */
  get tokens(): readonly Token[] {
    this.require();
    return this.#tokens ?? [];
  }

  /** @throws AntlerValueError unless there are tokens */
  require(): void {
    if (this.#tokens) return;
    throw new AntlerValueError({
      where: 'apply',
      expected: 'a vocabulary',
      got: 'none yet',
      fix: 'give the option vocabulary, or call adapt(data) first',
    });
  }

  /** The index of a token of the vocabulary. */
  indexOf(token: Token): number | undefined {
    return this.#indices.get(token);
  }

  /** The token at an index. */
  at(index: number): Token {
    const { oovToken } = this.#config;
    if (index < this.tokenStart) return this.specialTokens[index] ?? oovToken;
    return this.tokens[index - this.tokenStart] ?? oovToken;
  }

  /** What replaces the options of the same names in a description of the layer. */
  get described(): Pick<LookupConfig<Token>, 'vocabulary' | 'idfWeights'> {
    const weights = this.#weights;
    const tokens = this.#tokens ?? null;
    if (!weights || !tokens) return { vocabulary: tokens, idfWeights: null };
    // with their special tokens, whose weights they would lose otherwise
    return { vocabulary: [...(this.specialTokens as Token[]), ...tokens], idfWeights: weights };
  }

  /**
   * Replaces the tokens.
   * @param tokens in order; special ones may stand before them
   * @param idfWeights one for each, for `tfIdf`
   */
  set(tokens: readonly Token[], idfWeights: readonly number[] | null, where: string): void {
    const special = this.specialTokens;
    const hasSpecial = special.length > 0 && special.every((token, i) => token === tokens[i]);
    const own = hasSpecial ? tokens.slice(special.length) : tokens;
    this.#requireUsable(own, where);
    if (idfWeights && idfWeights.length !== tokens.length) {
      const [expected, got] = [`${tokens.length} idfWeights, one for each token`, `${idfWeights.length}`];
      throw new AntlerValueError({ where, expected, got });
    }
    this.#tokens = own;
    this.#indices = new Map(own.map((token, i) => [token, this.tokenStart + i]));
    if (idfWeights) this.#setWeights(idfWeights, hasSpecial ? special.length : 0);
  }

  /** Replaces the tokens by the most frequent ones. @throws AntlerValueError if they were given as an option */
  learn(documents: TokenCounts<Token>): void {
    const { maskToken, oovToken, maxTokens, outputMode } = this.#config;
    const limit = maxTokens === null ? Infinity : Math.max(0, maxTokens - this.tokenStart);
    const tokens = documents.ranked([maskToken, oovToken]).slice(0, limit);
    const weights = tokens.map((token) => Math.fround(documents.inverseDocumentFrequency(token)));
    this.set(tokens, outputMode === 'tfIdf' ? weights : null, 'adapt');
  }

  /** Indices as vectors; `NO_CATEGORY` is left out. Not for `int`. */
  encode(indices: Tensor, dtype: 'float32' | 'float64'): Tensor {
    const { outputMode, padToMaxTokens, maxTokens } = this.#config;
    const depth = padToMaxTokens ? (maxTokens ?? this.size) : this.size;
    if (outputMode === 'int') return indices;
    if (outputMode !== 'tfIdf') return encodeCategories(indices, outputMode, depth, { dtype });
    const padded = Array.from({ length: depth }, (_, i) => this.#weights?.[i] ?? 0);
    const weights = fromHost(hostArray(dtype, padded), [depth], dtype);
    return mul(encodeCategories(indices, 'count', depth, { dtype }), weights);
  }

  /** Special tokens have the mean of the weights, unless they have some. */
  #setWeights(weights: readonly number[], given: number): void {
    const own = weights.slice(given);
    const average = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
    const front = this.specialTokens.map((_, i) => (given > 0 ? (weights[i] ?? 0) : average));
    this.#weights = [...front, ...own];
  }

  #requireUsable(tokens: readonly Token[], where: string): void {
    const { maskToken, oovToken, invert, maxTokens } = this.#config;
    const refuse = (expected: string, got: string) => {
      throw new AntlerValueError({ where, expected, got });
    };
    const seen = new Set<Token>();
    const repeated = tokens.find((token) => seen.size === seen.add(token).size);
    if (repeated !== undefined) refuse('a vocabulary of different tokens', `'${repeated}' twice`);
    if (maskToken !== null && tokens.includes(maskToken)) {
      refuse('a vocabulary without the maskToken, or with all special tokens before it', `'${maskToken}'`);
    }
    if (invert && tokens.includes(oovToken)) {
      refuse('a vocabulary without the oovToken, or with all special tokens before it', `'${oovToken}'`);
    }
    const size = this.tokenStart + tokens.length;
    if (maxTokens !== null && size > maxTokens) refuse(`at most ${maxTokens} tokens (maxTokens)`, `${size}`);
  }
}

import type { TensorLike } from '../../ops/convert.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../../util/shapes.ts';
import { unknownName } from '../../util/suggest.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { requireWhole } from '../requirements.ts';
import type { Several } from '../several.ts';
import type { AdaptOptions } from './adapt-data.ts';
import { NO_CATEGORY, requireMode } from './encode-categories.ts';
import { HostLayer } from './host-layer.ts';
import { ngramsOf, type Splitting, type Standardization, splitText, standardize } from './split-text.ts';
import { type StringLookup, stringLookup } from './string-lookup.ts';
import { type TextData, textBatches } from './text-batches.ts';
import { TokenCounts } from './token-counts.ts';
import { type Texts, type TokenArray, textsOf } from './tokens.ts';

/** Options of `textVectorization`. */
export interface TextVectorizationConfig {
  /** How many indices there are at most. Default null: as many as there are tokens. */
  readonly maxTokens: number | null;
  /** Default `lowerAndStripPunctuation`; null leaves texts as they are. For anything else change the texts before. */
  readonly standardize: Standardization | null;
  /** Default `whitespace`; null: every text is one token. */
  readonly split: Splitting | null;
  /** Runs of up to so many tokens become tokens, or of those widths. Default null: single tokens. */
  readonly ngrams: number | readonly number[] | null;
  /** Indices in order, or one vector for each text. Default `int`. */
  readonly outputMode: 'int' | 'multiHot' | 'count' | 'tfIdf';
  /** Indices of a text: more are cut off, fewer filled up with 0. Default null: as many as the longest has. For `int`. */
  readonly outputSequenceLength: number | null;
  /** Whether vectors have `maxTokens` places even if there are fewer tokens. Default false. */
  readonly padToMaxTokens: boolean;
  /** The tokens in order. Default null: `adapt` finds them. */
  readonly vocabulary: readonly string[] | null;
  /** The weights of the tokens for `tfIdf`. Default null: `adapt` finds them. */
  readonly idfWeights: readonly number[] | null;
}

const RULES = {
  type: 'TextVectorization',
  defaults: {
    maxTokens: null,
    standardize: 'lowerAndStripPunctuation',
    split: 'whitespace',
    ngrams: null,
    outputMode: 'int',
    outputSequenceLength: null,
    padToMaxTokens: false,
    vocabulary: null,
    idfWeights: null,
  },
  check: (config: object, where: string) => requireTexts(config as TextVectorizationConfig, where),
};

/** A layer that makes indices or vectors of texts. */
export class TextVectorization extends HostLayer {
  readonly #config: TextVectorizationConfig;
  readonly #lookup: StringLookup;

  constructor(config: TextVectorizationConfig, options: LayerOptions) {
    super(RULES.type, options);
    const { maxTokens, outputMode, padToMaxTokens, vocabulary, idfWeights } = config;
    this.#config = config;
    const name = this.name;
    const own = { maxTokens, outputMode, padToMaxTokens, vocabulary, idfWeights, name, dtype: this.dtype };
    this.#lookup = stringLookup({ ...own, maskToken: '' });
  }

  /** How many indices there are. */
  get vocabularySize(): number {
    return this.#lookup.vocabularySize;
  }

  /** All tokens in the order of their indices. */
  getVocabulary(): string[] {
    return this.#lookup.getVocabulary();
  }

  /** Replaces the vocabulary. @throws AntlerValueError for one that makes no sense */
  setVocabulary(tokens: readonly string[], idfWeights: readonly number[] | null = null): void {
    this.#lookup.setVocabulary(tokens, idfWeights);
  }

  /**
   * Takes the vocabulary from texts, each a document: the most frequent tokens first. What it had found before is
   * forgotten.
   * @throws AntlerValueError if the vocabulary was given as an option
   */
  async adapt(data: TextData, options: AdaptOptions = {}): Promise<void> {
    const counts = new TokenCounts<string>();
    for await (const texts of textBatches(data, options, `${this.label}.adapt`)) {
      for (const document of this.#tokenize(texts).rows) counts.add(document);
    }
    this.#lookup.learn(counts);
  }

  override getConfig(): LayerConfig {
    const { vocabulary, idfWeights } = this.#lookup.getConfig();
    return { ...super.getConfig(), ...this.#config, vocabulary, idfWeights };
  }

  protected override encode(inputs: Texts | Several<TensorLike>): Tensor {
    this.#lookup.requireVocabulary();
    const { rows, outer } = this.#tokenize(textsOf(inputs as Texts, 'input'));
    const isInt = this.#config.outputMode === 'int';
    const longest = rows.reduce((length, row) => Math.max(length, row.length), isInt ? 0 : 1);
    const width = this.#config.outputSequenceLength ?? longest;
    const indices = new Int32Array(sizeOf(outer) * width).fill(isInt ? 0 : NO_CATEGORY);
    rows.forEach((row, i) => {
      row.slice(0, width).forEach((token, j) => {
        indices[i * width + j] = this.#lookup.indexOf(token);
      });
    });
    return this.#lookup.encodeIndices(fromHost(indices, [...outer, width], 'int32'));
  }

  /** The tokens of each text, under the shape that the texts have. */
  #tokenize({ items, shape }: TokenArray<string>): { rows: string[][]; outer: Shape } {
    const { split, ngrams } = this.#config;
    const texts = items.map((text) => standardize(text, this.#config.standardize));
    const { rows, outer } = split === null ? asTokens(texts, shape) : asTexts(texts, shape, split);
    if (ngrams === null) return { rows, outer };
    const widths = typeof ngrams === 'number' ? Array.from({ length: ngrams }, (_, i) => i + 1) : ngrams;
    return { rows: rows.map((row) => ngramsOf(row, widths)), outer };
  }
}

/** Every text is split; a last axis of 1 goes. */
function asTexts(texts: readonly string[], shape: Shape, split: Splitting) {
  if (shape.length > 1 && shape.at(-1) !== 1) {
    const expected = '[batch] or [batch, 1] texts to split';
    throw new AntlerShapeError({ where: 'input', expected, got: formatShape(shape) });
  }
  const outer = shape.length > 1 ? shape.slice(0, -1) : shape;
  return { rows: texts.map((text) => splitText(text, split)), outer };
}

/** Every text is a token, and the last axis a text. */
function asTokens(texts: readonly string[], shape: Shape) {
  const outer = shape.slice(0, -1);
  const length = shape.at(-1) ?? 1;
  const rows = Array.from({ length: sizeOf(outer) }, (_, i) => texts.slice(i * length, (i + 1) * length));
  return { rows, outer };
}

/**
 * Texts as indices of a vocabulary: strings [batch] or [batch, 1] to int32 [batch, tokens], 0 behind the last and 1 for
 * tokens that are not in the vocabulary; or to one vector [batch, vocabulary] for each. `await layer.adapt(texts)` finds
 * the vocabulary, or it is given. Works on the host, before a model. As Keras 3.
 */
export function textVectorization(
  options: Partial<TextVectorizationConfig> & LayerOptions = {},
): TextVectorization {
  const [base, own] = separate(options);
  return new TextVectorization(completeConfig(RULES, own) as TextVectorizationConfig, base);
}

const STANDARDIZATIONS = ['lowerAndStripPunctuation', 'lower', 'stripPunctuation'] as const;

function requireTexts(config: TextVectorizationConfig, where: string): void {
  const { standardize: form, split, ngrams, outputMode, outputSequenceLength } = config;
  if (form !== null && !STANDARDIZATIONS.includes(form)) {
    throw unknownName({ where, kind: 'a standardize', name: String(form), known: STANDARDIZATIONS });
  }
  if (split !== null && split !== 'whitespace' && split !== 'character') {
    throw unknownName({ where, kind: 'a split', name: String(split), known: ['whitespace', 'character'] });
  }
  requireMode(outputMode, ['int', 'multiHot', 'count', 'tfIdf'], where);
  for (const width of ngrams === null ? [] : [ngrams].flat()) requireWhole(width, 'ngrams', where);
  if (outputSequenceLength === null) return;
  requireWhole(outputSequenceLength, 'outputSequenceLength', where);
  if (outputMode === 'int') return;
  const expected = "outputMode 'int' beside outputSequenceLength";
  throw new AntlerValueError({ where, expected, got: `'${outputMode}'` });
}

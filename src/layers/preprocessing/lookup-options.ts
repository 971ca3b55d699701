import { AntlerValueError } from '../../util/errors.ts';
import { type CategoryMode, requireMode } from './encode-categories.ts';

/** As `CategoryMode`; `tfIdf` weighs counts by how few documents have the token. */
export type TokenMode = CategoryMode | 'tfIdf';

/** Options of all layers that look tokens up in a vocabulary. */
export interface LookupConfig<Token extends string | number> {
  /** How many indices there are at most, those of no token included. Default null: as many as there are tokens. */
  readonly maxTokens: number | null;
  /** How many indices share the tokens that are not in the vocabulary; 0: there must be none. Default 1. */
  readonly numOovIndices: number;
  /** A token that stands for nothing: it has index 0, or is left out of vectors. Default null: none. */
  readonly maskToken: Token | null;
  /** What stands for tokens that are not in the vocabulary. */
  readonly oovToken: Token;
  /** The tokens in order. Default null: `adapt` finds them. */
  readonly vocabulary: readonly Token[] | null;
  /** The weights of the tokens for `tfIdf`. Default null: `adapt` finds them. */
  readonly idfWeights: readonly number[] | null;
  /** Whether indices are turned back into tokens. Default false. */
  readonly invert: boolean;
  /** Default `int`. */
  readonly outputMode: TokenMode;
  /** Whether vectors have `maxTokens` places even if there are fewer tokens. Default false. */
  readonly padToMaxTokens: boolean;
}

/** Their defaults. */
export const LOOKUP_DEFAULTS = {
  maxTokens: null,
  numOovIndices: 1,
  maskToken: null,
  vocabulary: null,
  idfWeights: null,
  invert: false,
  outputMode: 'int',
  padToMaxTokens: false,
} as const;

const MODES = ['int', 'oneHot', 'multiHot', 'count', 'tfIdf'] as const;

/** @throws AntlerValueError for options that make no sense together */
export function requireLookup(config: LookupConfig<string> | LookupConfig<number>, where: string): void {
  const { maxTokens, numOovIndices, invert, outputMode, padToMaxTokens, vocabulary, idfWeights } = config;
  requireMode(outputMode, MODES, where);
  const refuse = (expected: string, got: unknown) => {
    throw new AntlerValueError({ where, expected, got: String(got) });
  };
  if (maxTokens !== null && !(Number.isInteger(maxTokens) && maxTokens > 1)) {
    refuse('maxTokens, a whole number > 1, or null', maxTokens);
  }
  if (!(Number.isInteger(numOovIndices) && numOovIndices >= 0)) {
    refuse('numOovIndices, a whole number >= 0', numOovIndices);
  }
  if (padToMaxTokens && maxTokens === null) refuse('maxTokens beside padToMaxTokens', 'null');
  if (invert && outputMode !== 'int') refuse("outputMode 'int' beside invert", `'${outputMode}'`);
  if (idfWeights !== null && outputMode !== 'tfIdf') {
    refuse("outputMode 'tfIdf' beside idfWeights", `'${outputMode}'`);
  }
  if (outputMode === 'tfIdf' && (vocabulary === null) !== (idfWeights === null)) {
    refuse("vocabulary and idfWeights together for 'tfIdf'", 'one of them');
  }
}

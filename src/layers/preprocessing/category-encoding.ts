import { type TensorLike, toTensor } from '../../ops/convert.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { type CategoryMode, encodeCategories, requireMode } from './encode-categories.ts';

/** Options of `categoryEncoding`. */
export interface CategoryEncodingConfig {
  /** How many categories there are: numbers are in [0, numTokens), others are left out. */
  readonly numTokens: number;
  /** Default `multiHot`. */
  readonly outputMode: Exclude<CategoryMode, 'int'>;
}

const MODES = ['oneHot', 'multiHot', 'count'] as const;

/**
 * Categories as vectors: whole numbers [batch, n] to [batch, numTokens], or to [batch, n, numTokens] with `oneHot` and
 * n > 1. With `count`, `apply(x, { countWeights })` says what each counts. As Keras 3.
 */
export const categoryEncoding = defineLayer({
  type: 'CategoryEncoding',
  required: ['numTokens'],
  defaults: { outputMode: 'multiHot' },
  inputDType: 'integer',
  callArguments: ['countWeights'],
  check({ numTokens, outputMode }: CategoryEncodingConfig, where) {
    requireWhole(numTokens, 'numTokens', where);
    requireMode(outputMode, MODES, where);
  },
  call({ config: { numTokens, outputMode }, dtype }, x, { arguments: { countWeights } }) {
    if (countWeights === undefined) return encodeCategories(x, outputMode, numTokens, { dtype });
    if (outputMode !== 'count') {
      const expected = "countWeights only with outputMode 'count'";
      throw new AntlerValueError({ where: 'apply', expected, got: `'${outputMode}'` });
    }
    const weights = toTensor(countWeights as TensorLike, 'countWeights');
    return encodeCategories(x, outputMode, numTokens, { dtype, weights });
  },
});

import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { take } from '../../ops/index/take.ts';
import { notEqual } from '../../ops/math/compare.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';

/** Options of `embedding`. */
export interface EmbeddingConfig {
  /** Size of the vocabulary: indices are in [0, inputDim). */
  readonly inputDim: number;
  /** Length of the vectors. */
  readonly outputDim: number;
  readonly embeddingsInitializer: InitializerLike;
  readonly embeddingsRegularizer: RegularizerLike | null;
  readonly embeddingsConstraint: ConstraintLike | null;
  /** Whether index 0 fills up short sequences, and is masked. */
  readonly maskZero: boolean;
}

/**
 * Rows of a table that is learnt: indices [batch, ...] to vectors [batch, ..., outputDim]. An index outside the
 * vocabulary gives NaN. As Keras 3.
 */
export const embedding = defineLayer({
  type: 'Embedding',
  required: ['inputDim', 'outputDim'],
  defaults: {
    embeddingsInitializer: 'randomUniform',
    embeddingsRegularizer: null,
    embeddingsConstraint: null,
    maskZero: false,
  },
  inputDType: 'integer',
  supportsMasking: true,
  check({ inputDim, outputDim }: EmbeddingConfig, where) {
    requireWhole(inputDim, 'inputDim', where);
    requireWhole(outputDim, 'outputDim', where);
  },
  computeMask: ({ maskZero }, inputs) => (maskZero && inputs[0] ? notEqual(inputs[0], 0) : undefined),
  build: (config: EmbeddingConfig, _input, weights) => ({
    embeddings: weights.add('embeddings', [config.inputDim, config.outputDim], config.embeddingsInitializer, {
      regularizer: config.embeddingsRegularizer,
      constraint: config.embeddingsConstraint,
    }),
  }),
  call: ({ embeddings }, x) => take(embeddings, x),
});

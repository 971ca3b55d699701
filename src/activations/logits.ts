import type { Node } from '../graph/node.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Which function turned logits into probabilities. */
export type Normalizer = 'softmax' | 'sigmoid';

interface Origin {
  readonly normalizer: Normalizer;
  readonly logits: Tensor;
}

const origins = new WeakMap<Node, Origin>();

/** Remembers which logits probabilities came from, so that a loss of them can be computed stably. */
export function rememberLogits(probabilities: Tensor, origin: Origin): Tensor {
  origins.set(probabilities.node, origin);
  return probabilities;
}

/** The logits that `normalizer` made these very probabilities of, if it did. */
export function logitsOf(probabilities: Tensor, normalizer: Normalizer): Tensor | undefined {
  const origin = origins.get(probabilities.node);
  return origin?.normalizer === normalizer ? origin.logits : undefined;
}

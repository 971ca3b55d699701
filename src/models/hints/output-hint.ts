import { logitsOf } from '../../activations/logits.ts';
import type { Node } from '../../graph/node.ts';
import type { Loss } from '../../losses/loss.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ErrorParts } from '../../util/errors.ts';

type Hint = Omit<ErrorParts, 'where'>;

/**
 * What is odd about a traced prediction for a loss of probabilities: legal, yet hardly meant. Undefined where nothing is.
 */
export function outputHint(loss: Loss, prediction: Tensor): Hint | undefined {
  const { fromLogits } = loss.config as { readonly fromLogits?: boolean };
  if (fromLogits !== false) return undefined;
  return loss.labels === 'binary' ? binaryHint(loss, prediction) : classesHint(loss, prediction);
}

function classesHint({ name }: Loss, prediction: Tensor): Hint | undefined {
  const expected = `probabilities that add up to 1 for ${name}`;
  const logits = logitsOf(prediction, 'softmax');
  if (logits) return logitsOf(logits, 'softmax') && SOFTMAX_TWICE;
  if (logitsOf(prediction, 'sigmoid')) {
    return { expected, got: 'outputs of sigmoid', fix: "give the last layer activation: 'softmax'" };
  }
  if (!isAffine(prediction.node)) return undefined;
  const fix = `give the last layer activation: 'softmax', or compile with losses.${name}({ fromLogits: true })`;
  return { expected, got: 'outputs without an activation', fix };
}

function binaryHint({ name }: Loss, prediction: Tensor): Hint | undefined {
  if (logitsOf(prediction, 'softmax')) {
    return prediction.shape.at(-1) === 1
      ? {
          expected: 'an output that can vary',
          got: 'softmax of one unit, which is always 1',
          fix: USE_SIGMOID,
        }
      : {
          expected: `probabilities that are independent for ${name}`,
          got: 'outputs of softmax',
          fix: OTHER_LOSS,
        };
  }
  if (!isAffine(prediction.node)) return undefined;
  const fix = `${USE_SIGMOID}, or compile with losses.${name}({ fromLogits: true })`;
  return { expected: `probabilities for ${name}`, got: 'outputs without an activation', fix };
}

const SOFTMAX_TWICE: Hint = {
  expected: 'softmax once',
  got: 'softmax of the output of softmax, which makes all classes nearly alike',
  fix: 'leave one of them out',
};

const USE_SIGMOID = "give the last layer activation: 'sigmoid'";
const OTHER_LOSS = 'categoricalCrossentropy goes with softmax; binaryCrossentropy with sigmoid';

/** Products that have every number for a value. */
const PRODUCTS: ReadonlySet<string> = new Set(['matmul', 'conv']);

/** Whether the value is a product plus a bias: unbounded for certain. */
function isAffine(node: Node): boolean {
  const { primitive, inputs } = unshaped(node);
  return primitive.name === 'add' && inputs.some((input) => PRODUCTS.has(unshaped(input).primitive.name));
}

/** The node under changes of shape. */
function unshaped(node: Node): Node {
  const [input] = node.inputs;
  return node.primitive.name === 'reshape' && input ? unshaped(input) : node;
}

import { type FitOptions, input, type LossLike, layers, model, type Sequential, sequential } from 'antler';

/** Two examples of two features. */
export const X = [
  [0, 1],
  [1, 0],
];

/** What the mistakes train with. */
export const QUIET = { verbose: 0 } as const satisfies FitOptions;

/** What `classifier` takes. */
interface ClassifierOptions {
  readonly units?: number;
  readonly activation?: 'softmax' | 'sigmoid' | 'linear';
}

/** A small network for `X`, compiled. */
export function classifier(
  loss: LossLike,
  { units = 3, activation = 'softmax' }: ClassifierOptions = {},
): Sequential {
  const net = sequential({
    name: 'net',
    seed: 1,
    layers: [layers.dense({ units, activation, inputShape: [2] })],
  });
  net.compile({ optimizer: 'sgd', loss, metrics: ['accuracy'] });
  return net;
}

/** A network of three classes whose labels are class numbers. */
export const ofClasses = (): Sequential => classifier('sparseCategoricalCrossentropy');

/** A model of two inputs, `a` and `b`, of two features each. */
export function ofTwoInputs() {
  const [a, b] = [input({ shape: [2], name: 'a' }), input({ shape: [2], name: 'b' })];
  return model({ name: 'net', inputs: [a, b], outputs: layers.concatenate().apply([a, b]) });
}

/** A model with the outputs `left` and `right`, compiled. */
export function ofTwoOutputs() {
  const x = input({ shape: [2] });
  const outputs = { left: layers.dense({ units: 1 }).apply(x), right: layers.dense({ units: 1 }).apply(x) };
  const net = model({ name: 'net', inputs: x, outputs });
  net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return net;
}

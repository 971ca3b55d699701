/** jax-js as a peer, on its wasm backend; in Node it has one thread. Arrays are owned: `ref` keeps one for later use. */

import { filler, load, serve, timed, versionOf } from './lines.mjs';

const jax = await load('@jax-js/jax');
const { numpy: np, lax, nn, tree, jit, valueAndGrad } = jax;
await jax.init();
jax.defaultDevice('wasm');

function array(shape, scale = 1) {
  const values = filler(shape.reduce((a, b) => a * b)).map((value) => scale * value);
  return np.array(values).reshape(shape);
}

function oneHot(batch, classes) {
  return nn.oneHot(np.array(Int32Array.from({ length: batch }, (_, i) => i % classes)), classes);
}

/** Repeats an operation on arrays that stay. */
function operation(compute, operands) {
  const compiled = jit(compute);
  return timed(async () => {
    const results = [compiled(...operands.map((x) => x.ref))].flat();
    await jax.blockUntilReady(results);
    tree.dispose(results);
  });
}

const convolve = (x, kernel, pad) =>
  lax.convGeneralDilated(
    x,
    kernel,
    [1, 1],
    [
      [pad, pad],
      [pad, pad],
    ],
  );

function convOperands({ batch, size, channels, filters, window, pad }) {
  const out = size + 2 * pad - window + 1;
  return [
    array([batch, channels, size, size]),
    array([filters, channels, window, window]),
    array([batch, filters, out, out]),
  ];
}

const dense = (x, w, b) => np.add(np.matmul(x, w), b);

function maxPool(x) {
  const [batch, channels, height, width] = x.shape;
  return np.max(x.reshape([batch, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

function lenet5(p, x) {
  let h = maxPool(np.tanh(np.add(convolve(x, p.c1, 2), p.d1)));
  h = maxPool(np.tanh(np.add(convolve(h, p.c2, 0), p.d2)));
  h = h.reshape([h.shape[0], 400]);
  h = np.tanh(dense(h, p.w1, p.b1));
  h = np.tanh(dense(h, p.w2, p.b2));
  return dense(h, p.w3, p.b3);
}

function lenetWeights() {
  return {
    ...{ c1: array([6, 1, 5, 5], 0.2), d1: np.zeros([1, 6, 1, 1]) },
    ...{ c2: array([16, 6, 5, 5], 0.1), d2: np.zeros([1, 16, 1, 1]) },
    ...{ w1: array([400, 120], 0.1), b1: np.zeros([120]) },
    ...{ w2: array([120, 84], 0.1), b2: np.zeros([84]) },
    ...{ w3: array([84, 10], 0.1), b3: np.zeros([10]) },
  };
}

const perceptron = (p, x) => dense(np.tanh(dense(x, p.w1, p.b1)), p.w2, p.b2);

function perceptronWeights(inputs, hidden, outputs) {
  return {
    ...{ w1: array([inputs, hidden], 0.05), b1: np.zeros([hidden]) },
    ...{ w2: array([hidden, outputs], 0.1), b2: np.zeros([outputs]) },
  };
}

function lossOf(network) {
  return (p, x, y) => np.mean(np.sum(nn.logSoftmax(network(p, x), -1).mul(y), -1)).mul(-1);
}

/** Gradient descent, compiled as one function of the weights. */
function sgdTraining(network, weights, x, y) {
  const step = jit((p, inputs, labels) => {
    const [loss, slopes] = valueAndGrad(lossOf(network))(tree.ref(p), inputs, labels);
    return [tree.map((w, g) => w.sub(g.mul(0.1)), p, slopes), loss];
  });
  let state = weights;
  return timed(async () => {
    const [next, loss] = step(state, x.ref, y.ref);
    state = next;
    await loss.data();
  });
}

/** Adam with its bias correction, compiled as one function of weights, both means and the rate of this step. */
function adamTraining(network, weights, x, y) {
  const step = jit((p, m, v, rate, inputs, labels) => {
    const [loss, slopes] = valueAndGrad(lossOf(network))(tree.ref(p), inputs, labels);
    const mean = tree.map((a, g) => a.mul(0.9).add(g.mul(0.1)), m, tree.ref(slopes));
    const square = tree.map((a, g) => a.mul(0.999).add(g.ref.mul(g).mul(0.001)), v, slopes);
    const move = (w, a, b) => w.sub(a.mul(rate.ref).div(np.sqrt(b).add(1e-8)));
    const next = tree.map(move, p, tree.ref(mean), tree.ref(square));
    rate.dispose();
    return [next, mean, square, loss];
  });
  let count = 0;
  let state = [
    weights,
    tree.map((w) => np.zeros(w.shape), weights),
    tree.map((w) => np.zeros(w.shape), weights),
  ];
  return timed(async () => {
    count++;
    const rate = (1e-3 * Math.sqrt(1 - 0.999 ** count)) / (1 - 0.9 ** count);
    const [p, m, v, loss] = step(...state, np.array(Float32Array.of(rate)).reshape([]), x.ref, y.ref);
    state = [p, m, v];
    await loss.data();
  });
}

const cases = {
  matmul: async ({ size }) =>
    operation((a, b) => np.matmul(a, b), [array([size, size]), array([size, size])]),
  'conv-forward': async (shape) => {
    const [x, kernel] = convOperands(shape);
    return operation((image, weights) => convolve(image, weights, shape.pad), [x, kernel]);
  },
  'conv-gradients': async (shape) => {
    const loss = ([image, weights], outer) => np.sum(convolve(image, weights, shape.pad).mul(outer));
    const all = (image, weights, outer) => {
      const [value, slopes] = valueAndGrad(loss)([image, weights], outer);
      return [value, ...slopes];
    };
    return operation(all, convOperands(shape));
  },
  'lenet-train': async ({ batch }) =>
    adamTraining(lenet5, lenetWeights(), array([batch, 1, 28, 28]), oneHot(batch, 10)),
  'lenet-infer': async ({ batch }) => {
    const p = lenetWeights();
    const infer = jit((weights, x) => nn.softmax(lenet5(weights, x), -1));
    const x = array([batch, 1, 28, 28]);
    return timed(() => infer(tree.ref(p), x.ref).data());
  },
  'mlp-train': async ({ batch }) =>
    sgdTraining(perceptron, perceptronWeights(784, 300, 10), array([batch, 784]), oneHot(batch, 10)),
  'xor-step': async () =>
    sgdTraining(
      perceptron,
      perceptronWeights(2, 2, 2),
      np.array([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
      oneHot(4, 2),
    ),
};

await serve({ 'jax-js': versionOf('@jax-js/jax') }, cases);

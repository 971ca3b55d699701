/** onnxruntime-node as a peer: inference only. */

import { filler, load, serve, threads, timed, versionOf } from './lines.mjs';
import { model, node, weights } from './onnx-model.mjs';

const { default: ort } = await load('onnxruntime-node');

/** Values of the size that training would leave. */
function scaled(length) {
  return filler(length).map((value) => 0.1 * value);
}

/** Collects the nodes and weights of layers that follow one another. */
function chain(first) {
  const nodes = [];
  const initializers = [];
  let last = first;
  const add = (operator, attributes, shapes = []) => {
    const index = nodes.length;
    const names = shapes.map((shape, i) => {
      const name = `w${index}_${i}`;
      initializers.push(weights(name, shape, scaled(shape.reduce((a, b) => a * b))));
      return name;
    });
    nodes.push(node(operator, [last, ...names], `y${index}`, attributes));
    last = `y${index}`;
  };
  return { nodes, initializers, add, last: () => last };
}

function lenet5(batch) {
  const { nodes, initializers, add, last } = chain('x');
  const pool = { kernel_shape: [2, 2], strides: [2, 2] };
  add('Conv', { kernel_shape: [5, 5], pads: [2, 2, 2, 2] }, [[6, 1, 5, 5], [6]]);
  add('Tanh');
  add('MaxPool', pool);
  add('Conv', { kernel_shape: [5, 5] }, [[16, 6, 5, 5], [16]]);
  add('Tanh');
  add('MaxPool', pool);
  add('Flatten', { axis: 1 });
  for (const [inputs, units] of [
    [400, 120],
    [120, 84],
  ]) {
    add('Gemm', {}, [[inputs, units], [units]]);
    add('Tanh');
  }
  add('Gemm', {}, [[84, 10], [10]]);
  add('Softmax', { axis: 1 });
  const input = { name: 'x', shape: [batch, 1, 28, 28] };
  return model({ input, output: { name: last(), shape: [batch, 10] }, nodes, initializers });
}

const cases = {
  'lenet-infer': async ({ batch }) => {
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1 };
    const session = await ort.InferenceSession.create(lenet5(batch), options);
    const x = new ort.Tensor('float32', filler(batch * 784), [batch, 1, 28, 28]);
    return timed(() => session.run({ x }));
  },
};

await serve({ 'onnxruntime-node': versionOf('onnxruntime-node') }, cases);

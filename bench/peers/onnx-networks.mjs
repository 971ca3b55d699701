/** Networks as ONNX files, with made-up weights. */

import { filler } from './lines.mjs';
import { model, node, weights } from './onnx-model.mjs';

/** Values of the size that training would leave. */
function scaled(length) {
  return filler(length).map((value) => 0.1 * value);
}

/** Collects the nodes and weights of a network; without other inputs, a layer takes what the one before gave. */
function network(first) {
  const nodes = [];
  const initializers = [];
  let last = first;
  const add = (operator, attributes = {}, shapes = [], inputs = [last]) => {
    const index = nodes.length;
    const names = shapes.map((shape, i) => {
      const name = `w${index}_${i}`;
      initializers.push(weights(name, shape, scaled(shape.reduce((a, b) => a * b))));
      return name;
    });
    last = `y${index}`;
    nodes.push(node(operator, [...inputs, ...names], last, attributes));
    return last;
  };
  const finish = (input, classes) => {
    const output = { name: last, shape: [input[0], classes] };
    return model({ input: { name: first, shape: input }, output, nodes, initializers });
  };
  return { add, finish };
}

export function lenet5(batch) {
  const { add, finish } = network('x');
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
  return finish([batch, 1, 28, 28], 10);
}

/** He, Zhang, Ren and Sun 2015, section 4.2. Normalization by moving statistics is part of the convolutions, as exporters write it. */
export function resnet20(batch) {
  const { add, finish } = network('x');
  const conv = (x, channels, filters, stride) => {
    const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [stride, stride] };
    return add('Conv', attributes, [[filters, channels, 3, 3], [filters]], [x]);
  };
  /** Every second pixel, and channels that are the same everywhere. */
  const coarser = (y, filters) => {
    const size = 512 / filters;
    const pixels = add('MaxPool', { kernel_shape: [1, 1], strides: [2, 2] }, [], [y]);
    return add('Concat', { axis: 1 }, [[batch, filters / 2, size, size]], [pixels]);
  };
  let [x, channels] = [add('Relu', {}, [], [conv('x', 3, 16, 1)]), 16];
  for (const filters of [16, 16, 16, 32, 32, 32, 64, 64, 64]) {
    const inner = add('Relu', {}, [], [conv(x, channels, filters, filters / channels)]);
    const outer = conv(inner, filters, filters, 1);
    const shortcut = filters === channels ? x : coarser(x, filters);
    x = add('Relu', {}, [], [add('Add', {}, [], [shortcut, outer])]);
    channels = filters;
  }
  add('GlobalAveragePool');
  add('Flatten', { axis: 1 });
  add('Gemm', {}, [[64, 10], [10]]);
  add('Softmax', { axis: 1 });
  return finish([batch, 3, 32, 32], 10);
}

/**
 * How compiling grows with depth: a training step of a ResNet from 20 to 110 layers, time for each node of its graph.
 *
 *     npm run build && npx tsc -p bench && node .cache/bench/bench/growth.js
 *
 * Linear means that the last columns do not rise. The first line pays for code that V8 has not optimised yet.
 */

import { emitProgram } from '../src/backends/wasm/codegen/program.ts';
import { tunedKernel } from '../src/backends/wasm/kernels/index.ts';
import { plan } from '../src/compiler/compile.ts';
import type { Graph } from '../src/graph/graph.ts';
import { topologicalOrder } from '../src/graph/graph.ts';
import { matmul } from '../src/ops/linalg/linalg.ts';
import { add, mul, square, sub } from '../src/ops/math/arithmetic.ts';
import { rsqrt } from '../src/ops/math/math.ts';
import { conv2d } from '../src/ops/nn/conv.ts';
import { relu } from '../src/ops/nn/nn.ts';
import { mean, variance } from '../src/ops/reduce/reduce.ts';
import { gradients } from '../src/tensor/gradient.ts';
import type { Tensor } from '../src/tensor/tensor.ts';
import { tracedInput } from '../src/tensor/traced-input.ts';

const ROUNDS = 5;
const BATCH = 64;
const STAGES = [
  { channels: 16, strides: 1 },
  { channels: 32, strides: 2 },
  { channels: 64, strides: 2 },
];

class Network {
  readonly weights: Tensor[] = [];

  weight(...shape: readonly number[]): Tensor {
    const weight = tracedInput({ shape, dtype: 'float32' });
    this.weights.push(weight);
    return weight;
  }

  convolution(x: Tensor, channels: number, strides: number, size = 3): Tensor {
    return conv2d(x, this.weight(size, size, x.shape[3] ?? 1, channels), { padding: 'same', strides });
  }

  normalized(x: Tensor, channels: number): Tensor {
    const axis = [0, 1, 2];
    const scaled = mul(sub(x, mean(x, { axis })), rsqrt(add(variance(x, { axis }), 1e-3)));
    return add(mul(scaled, this.weight(channels)), this.weight(channels));
  }

  block(x: Tensor, channels: number, strides: number): Tensor {
    const inner = relu(this.normalized(this.convolution(x, channels, strides), channels));
    const outer = this.normalized(this.convolution(inner, channels, 1), channels);
    return relu(add(outer, strides === 1 ? x : this.convolution(x, channels, strides, 1)));
  }
}

/** One step of gradient descent of a ResNet of 6 n + 2 layers (He et al. 2016, section 4.2). */
function trainingStep(n: number): Graph {
  const network = new Network();
  const images = tracedInput({ shape: [BATCH, 32, 32, 3], dtype: 'float32' });
  let x = relu(network.normalized(network.convolution(images, 16, 1), 16));
  for (const { channels, strides } of STAGES) {
    for (let i = 0; i < n; i++) x = network.block(x, channels, i === 0 ? strides : 1);
  }
  const loss = mean(square(matmul(mean(x, { axis: [1, 2] }), network.weight(64, 10))));
  const { weights } = network;
  const updated = gradients(loss, weights).map((slope, i) => sub(weights[i] ?? slope, mul(slope, 0.1)));
  return {
    inputs: [images, ...weights].map(({ node }) => node),
    outputs: [loss, ...updated].map(({ node }) => node),
  };
}

interface Times {
  readonly trace: number;
  readonly plan: number;
  readonly emit: number;
}

function compileOnce(n: number): { readonly nodes: number; readonly bytes: number; readonly times: Times } {
  const started = performance.now();
  const graph = trainingStep(n);
  const traced = performance.now();
  const donated = graph.inputs.map((_, i) => (i === 0 ? null : i));
  const planned = plan(graph, donated, (node) =>
    tunedKernel({ primitive: node.primitive, attrs: node.attrs, inputs: node.inputs, output: node }),
  );
  const scheduled = performance.now();
  const options = { relaxedSimd: false, controlAddress: 64, shared: true, maximumPages: 65_536 };
  const bytes = emitProgram(planned, options).length;
  const emitted = performance.now();
  const times = { trace: traced - started, plan: scheduled - traced, emit: emitted - scheduled };
  return { nodes: topologicalOrder(graph.outputs).length, bytes, times };
}

for (const n of [3, 3, 5, 9, 18]) {
  const runs = Array.from({ length: ROUNDS }, () => compileOnce(n));
  const { nodes, bytes } = runs[0] ?? compileOnce(n);
  const perNode = (stage: keyof Times) =>
    `${stage} ${((1000 * Math.min(...runs.map(({ times }) => times[stage]))) / nodes).toFixed(1)}`;
  const size = `${nodes} nodes, ${(bytes / 1000).toFixed(0)} kB`;
  console.log(
    `ResNet-${6 * n + 2}: ${size}; us for each node: ${perNode('trace')}, ${perNode('plan')}, ${perNode('emit')}`,
  );
}

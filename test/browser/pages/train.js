import { layers, optimizers, sequential } from 'antler';

/** Trains the XOR network in the page. */
export async function run() {
  const model = sequential({
    seed: 1,
    layers: [
      layers.input({ shape: [2] }),
      layers.dense({ units: 8, activation: 'tanh' }),
      layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.05 }), loss: 'meanSquaredError' });
  const x = { data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), shape: [4, 2] };
  const y = { data: Float32Array.of(0, 1, 1, 0), shape: [4, 1] };
  const { history } = await model.fit(x, y, { epochs: 300, batchSize: 4, verbose: 0 });
  return { first: history.loss?.at(0), last: history.loss?.at(-1) };
}

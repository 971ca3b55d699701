import { data, layers, optimizers, sequential } from 'antler';

const CSV = `x,y\n${Array.from({ length: 24 }, (_, i) => `${i / 24},${(4 * i) / 24}`).join('\n')}`;

/** Trains y = 2 (2 x) on a pipeline with worker threads. */
export async function run() {
  const pairs = data
    .fromCsv(new TextEncoder().encode(CSV))
    .map(({ x, y }) => [[x], y])
    .map({ module: new URL('./augment.js', import.meta.url), export: 'double', workers: 2 })
    .shuffle(8)
    .batch(6)
    .prefetch(2);
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.3 }), loss: 'meanSquaredError' });
  const { history } = await model.fit(pairs, { epochs: 30, verbose: 0 });
  return { loss: history.loss?.at(-1) };
}

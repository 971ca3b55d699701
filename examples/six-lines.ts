/** Six lines from nothing to a network that reads digits. The same program runs in Node and in a page. */
import { datasets, layers, sequential } from 'antler';

const { train, test } = await datasets.mnist();
const model = sequential([
  layers.rescaling({ scale: 1 / 255 }),
  layers.flatten(),
  layers.dense({ units: 64, activation: 'relu' }),
  layers.dense({ units: 10, activation: 'softmax' }),
]);
model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
await model.fit(train, { epochs: 1 });
console.log(await model.evaluate(test));

/** Six lines from nothing to a network that reads digits: one pass over MNIST's 60,000 images. */
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
const { accuracy = 0 } = await model.evaluate(test);

console.log(`test accuracy ${accuracy.toFixed(4)}`);
if (accuracy < 0.92) process.exitCode = 1;

/** The lecture's network for exclusive or: two hidden units, weights found by thinking. The sign of y is the answer. */
import { layers, sequential } from 'antler';

const network = sequential([
  layers.dense({ units: 2, activation: 'relu', inputShape: [2] }),
  layers.dense({ units: 1 }),
]);

network.setWeights([
  [
    [1, -1],
    [-1, 1],
  ], // W
  [-1 / 2, -1 / 2], // b
  [[4], [4]], // w2
  [-1], // b2
]);

const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = await (await network.predict(inputs)).data();

inputs.forEach(([a = 0, b = 0], i) => {
  const answer = Number((y[i] ?? 0) > 0);
  console.log(`${a} xor ${b} = ${answer}   (y = ${y[i]})`);
  if (answer !== (a ^ b)) process.exitCode = 1;
});

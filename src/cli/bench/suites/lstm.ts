import * as layers from '../../../layers/index.ts';
import { sequential } from '../../../models/sequential.ts';
import { adam } from '../../../optimizers/index.ts';
import { fromHost } from '../../../tensor/tensor.ts';
import { perSecond, type Suite } from '../suite.ts';
import { labels, timedSteps } from '../timed.ts';
import { bareStep } from '../training.ts';

const BATCH = 32;
const STEPS = 64;
const VOCABULARY = 64;

/** A character RNN: embedding 64, LSTM 128 over 64 steps, dense to the vocabulary; cross-entropy, Adam 1e-3. */
export const lstm: Suite = {
  name: 'lstm',
  summary: 'a character RNN, LSTM 128 over 64 steps: a training step on a batch of 32',
  measurements: [
    {
      name: 'lstm train',
      case: 'lstm-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('characters', BATCH * STEPS),
      peers: [{ program: 'pytorch', bar: 1 }],
    },
  ],
  cases: {
    'lstm-train': async ({ batch = BATCH }) => {
      const model = sequential({
        name: 'characters',
        seed: 1,
        layers: [
          layers.input({ shape: [STEPS], dtype: 'int32' }),
          layers.embedding({ inputDim: VOCABULARY, outputDim: 64 }),
          layers.lstm({ units: 128, returnSequences: true }),
          layers.dense({ units: VOCABULARY, activation: 'softmax' }),
        ],
      });
      model.compile({ optimizer: adam({ learningRate: 1e-3 }), loss: 'sparseCategoricalCrossentropy' });
      const text = labels(batch * STEPS + 1, VOCABULARY);
      const shape = [batch, STEPS];
      const x = fromHost(text.slice(0, -1), shape, 'int32');
      const y = fromHost(text.slice(1), shape, 'int32');
      return timedSteps(bareStep(model, x, y));
    },
  },
};

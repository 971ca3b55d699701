import { sparseCategoricalCrossentropy } from '../../../losses/index.ts';
import { adam } from '../../../optimizers/index.ts';
import { fromHost } from '../../../tensor/tensor.ts';
import { buildDecoder } from '../decoder.ts';
import { perSecond, type Suite } from '../suite.ts';
import { labels, timedSteps } from '../timed.ts';
import { bareStep } from '../training.ts';

const BATCH = 16;
const LENGTH = 64;
const VOCABULARY = 64;

/** Two blocks of four heads and 128 features; cross-entropy, Adam 1e-3. */
export const transformer: Suite = {
  name: 'transformer',
  summary: 'a small transformer that goes on with a text: a training step on 16 x 64 tokens',
  measurements: [
    {
      name: 'transformer train',
      case: 'transformer-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('tokens', BATCH * LENGTH),
      peers: [{ program: 'pytorch', bar: 1 }],
    },
  ],
  cases: {
    'transformer-train': async ({ batch = BATCH }) => {
      const model = buildDecoder({
        blocks: 2,
        features: 128,
        heads: 4,
        vocabulary: VOCABULARY,
        length: LENGTH,
      });
      model.compile({
        optimizer: adam({ learningRate: 1e-3 }),
        loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      });
      const tokens = labels(batch * LENGTH + 1, VOCABULARY);
      const shape = [batch, LENGTH];
      const x = fromHost(tokens.slice(0, -1), shape, 'int32');
      const y = fromHost(tokens.slice(1), shape, 'int32');
      return timedSteps(bareStep(model, x, y));
    },
  },
};

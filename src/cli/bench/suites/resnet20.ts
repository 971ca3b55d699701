import type { Functional } from '../../../models/functional.ts';
import { sgd } from '../../../optimizers/index.ts';
import { fromHost } from '../../../tensor/tensor.ts';
import { buildResnet20 } from '../residual-network.ts';
import { perSecond, type Suite } from '../suite.ts';
import { filled, labels, timedSteps } from '../timed.ts';
import { bareStep } from '../training.ts';

const BATCH = 64;

/** ResNet-20 on images of 32 x 32; cross-entropy, SGD 0.1 with momentum 0.9. */
export const resnet20: Suite = {
  name: 'resnet20',
  summary: 'ResNet-20 on batches of 64 images of 32 x 32: a training step',
  measurements: [
    {
      name: 'resnet20 train',
      case: 'resnet20-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('images', BATCH),
      peers: [{ program: 'pytorch', bar: 1 }],
    },
  ],
  cases: {
    'resnet20-train': async ({ batch = BATCH }) => {
      const model = buildResnet20({ seed: 1 });
      model.compile({
        optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
        loss: 'sparseCategoricalCrossentropy',
      });
      const [x, y] = [images(batch), fromHost(labels(batch, 10), [batch], 'int32')];
      return timedSteps(bareStep(model, x, y));
    },
    'resnet20-infer': async ({ batch = BATCH }) => {
      const model: Functional = buildResnet20({ seed: 1 });
      const x = images(batch);
      return timedSteps(() => model.predictProgram(x));
    },
  },
};

function images(batch: number) {
  return filled([batch, 32, 32, 3]);
}

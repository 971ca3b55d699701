import * as layers from '../../../layers/index.ts';
import { sequential } from '../../../models/sequential.ts';
import * as optimizers from '../../../optimizers/index.ts';
import { fromHost } from '../../../tensor/tensor.ts';
import { duration, type Suite } from '../suite.ts';
import { timedSteps } from '../timed.ts';
import { bareStep } from '../training.ts';
import { xorNetwork } from '../xor-network.ts';

/** The smallest network there is: what a step costs besides its arithmetic. */
export const tiny: Suite = {
  name: 'tiny',
  summary: 'one training step of the XOR network, 2-2-2 on four examples',
  measurements: [
    {
      name: 'xor step',
      case: 'xor-step',
      threads: [1, 2],
      unit: duration('µs'),
      peers: [
        { program: 'pytorch', bar: 1 },
        { program: 'jax-js', bar: 1 },
        { program: 'tfjs-cpu', bar: 1 },
      ],
      bar: 5,
    },
  ],
  cases: {
    'xor-step': async () => {
      const model = xorNetwork({ layers, optimizers, sequential });
      const x = fromHost(Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), [4, 2], 'float32');
      const y = fromHost(Int32Array.of(0, 1, 1, 0), [4], 'int32');
      return timedSteps(bareStep(model, x, y));
    },
  },
};

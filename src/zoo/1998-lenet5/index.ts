import { mnist } from '../../data/mnist.ts';
import { defineSystem } from '../system.ts';
import { LENET5_SETTINGS, lenet5ForTraining } from './model.ts';
import { SPACE } from './objective.ts';

/** LeNet-5 as the lecture draws it, on MNIST. LeCun, Bottou, Bengio, Haffner 1998, fig. 2. */
export const lenet5 = defineSystem({
  id: 'lenet5',
  year: 1998,
  title: 'LeNet-5',
  published: { metric: 'testError', value: 0.0095, where: 'Proc. IEEE 86, section III' },
  bar: { metric: 'testAccuracy', atLeast: 0.99 },
  experiment: {
    settings: LENET5_SETTINGS,
    data: mnist,
    model: (options) => lenet5ForTraining(options),
  },
  search: {
    space: SPACE,
    objective: new URL('./objective.js', import.meta.url),
    metric: 'validationError',
    epochs: LENET5_SETTINGS.epochs,
  },
});

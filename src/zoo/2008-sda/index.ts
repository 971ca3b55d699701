import { defineStudy } from '../study.ts';
import { defineSystem } from '../system.ts';
import { runSda, SETTINGS, SHORT_SETTINGS } from './experiment.ts';

/** Stacked denoising autoencoders. Vincent, Larochelle, Bengio, Manzagol 2008; Vincent et al. 2010. */
export const sda = defineSystem({
  id: 'sda',
  year: 2008,
  title: 'Stacked denoising autoencoders',
  published: { metric: 'testError', value: 0.0284, where: 'JMLR 11, MNIST basic' },
  bar: { metric: 'testError', atMost: 0.034 },
  study: defineStudy({
    data: ['mnist'],
    budgetSeconds: 660,
    settings: SETTINGS,
    short: { settings: SHORT_SETTINGS, bar: { metric: 'testError', atMost: 0.15 } },
    run: runSda,
  }),
});

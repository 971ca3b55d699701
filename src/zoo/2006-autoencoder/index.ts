import { defineStudy } from '../study.ts';
import { defineSystem } from '../system.ts';
import { runAutoencoder, SETTINGS, SHORT_SETTINGS } from './experiment.ts';

/** The deep autoencoder that a stack of machines gives a start. Hinton, Salakhutdinov 2006. */
export const autoencoderSystem = defineSystem({
  id: 'autoencoder',
  year: 2006,
  title: 'Deep autoencoder',
  published: { metric: 'squaredErrorPerDigit', value: 3, where: 'Science 313:504-507' },
  bar: { metric: 'squaredErrorPerDigit', atMost: 4 },
  study: defineStudy({
    data: ['mnist'],
    budgetSeconds: 600,
    settings: SETTINGS,
    short: { settings: SHORT_SETTINGS, bar: { metric: 'squaredErrorPerDigit', atMost: 4 } },
    run: runAutoencoder,
  }),
});

import { defineStudy } from '../study.ts';
import { defineSystem } from '../system.ts';
import { runDbn, SETTINGS, SHORT_SETTINGS } from './experiment.ts';

/** Deep belief network: greedy layers, up-down, generation. Hinton, Osindero, Teh 2006. */
export const dbn = defineSystem({
  id: 'dbn',
  year: 2006,
  title: 'Deep belief network',
  published: { metric: 'testError', value: 0.0125, where: 'Neural Computation 18:1527-1554' },
  bar: { metric: 'testError', atMost: 0.0145 },
  study: defineStudy({
    data: ['mnist'],
    budgetSeconds: 600,
    settings: SETTINGS,
    short: { settings: SHORT_SETTINGS, bar: { metric: 'testError', atMost: 0.12 } },
    run: runDbn,
  }),
});

import { defineStudy } from '../study.ts';
import { defineSystem } from '../system.ts';
import { runRbm, SETTINGS, SHORT_SETTINGS } from './experiment.ts';

/**
 * Restricted Boltzmann machine, by contrastive divergence and by persistent chains. Hinton 2002; Tieleman 2008;
 * Salakhutdinov, Murray 2008.
 */
export const rbmSystem = defineSystem({
  id: 'rbm',
  year: 2002,
  title: 'Restricted Boltzmann machine',
  bar: { metric: 'logLikelihood', atLeast: -148 },
  study: defineStudy({
    data: ['mnist'],
    budgetSeconds: 200,
    settings: SETTINGS,
    short: { settings: SHORT_SETTINGS, bar: { metric: 'logLikelihood', atLeast: -180 } },
    run: runRbm,
  }),
});

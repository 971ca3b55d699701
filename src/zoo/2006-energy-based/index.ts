import { defineStudy } from '../study.ts';
import { defineSystem } from '../system.ts';
import { runEnergyBased, SETTINGS, SHORT_SETTINGS } from './experiment.ts';

/** Energy-based models: losses that shape energies, score matching, sampling. LeCun et al. 2006. */
export const energyBased = defineSystem({
  id: 'energy-based',
  year: 2006,
  title: 'Energy-based models',
  bar: { metric: 'klDivergence', atMost: 0.1 },
  study: defineStudy({
    data: [],
    budgetSeconds: 120,
    settings: SETTINGS,
    short: { settings: SHORT_SETTINGS, bar: { metric: 'klDivergence', atMost: 0.2 } },
    run: runEnergyBased,
  }),
});

import { defineStudy } from '../study.ts';
import { defineSystem } from '../system.ts';
import { runV1, V1_SETTINGS, V1_SHORT_SETTINGS } from './experiment.ts';

/**
 * Simple and complex cells, and receptive fields that pictures teach. Hubel, Wiesel 1959 and 1962; Olshausen, Field 1996;
 * Bell, Sejnowski 1997.
 */
export const v1 = defineSystem({
  id: 'v1',
  year: 1959,
  title: 'Simple and complex cells of V1',
  bar: { metric: 'gaborFittedFraction', atLeast: 0.75 },
  study: defineStudy({
    data: ['photographs'],
    budgetSeconds: 300,
    settings: V1_SETTINGS,
    short: { settings: V1_SHORT_SETTINGS, bar: { metric: 'gaborFittedFraction', atLeast: 0.75 } },
    run: runV1,
  }),
});

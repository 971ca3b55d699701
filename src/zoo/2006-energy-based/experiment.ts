import { normal } from '../../random/distributions.ts';
import { foldIn, key } from '../../random/keys.ts';
import { jit } from '../../tensor/jit.ts';
import type { Finding, Findings, Lab } from '../study.ts';
import { measureDensity } from './density.ts';
import { parabolaFigure, ringFigure } from './figures.ts';
import { gaussianPoints, precisionError } from './gaussian.ts';
import { energyOf, type LandscapeSettings, learnLandscape } from './landscape.ts';
import { LANDSCAPES, type Landscape, landscapeFindings } from './landscapes.ts';
import { walk } from './langevin.ts';
import { learnParabola } from './parabola.ts';
import { countModes, RING, ringLogDensity } from './ring.ts';

/** How much is computed. */
export interface EnergyBasedSettings {
  readonly parabolaSteps: number;
  readonly gaussianPoints: number;
  readonly landscape: LandscapeSettings;
  readonly chains: number;
  readonly langevinSteps: number;
}

export const SETTINGS: EnergyBasedSettings = {
  parabolaSteps: 4000,
  gaussianPoints: 20_000,
  landscape: { steps: 2500, batchSize: 512 },
  chains: 4000,
  langevinSteps: 1000,
};

export const SHORT_SETTINGS: EnergyBasedSettings = {
  parabolaSteps: 300,
  gaussianPoints: 2000,
  landscape: { steps: 800, batchSize: 256 },
  chains: 500,
  langevinSteps: 400,
};

/** epsilon of Langevin's steps: a tenth of what the narrowest valley bears. */
const STEP_SIZE = 0.005;

/** Chains start this wide about the middle, further out and further in than the ring. */
const START_DEVIATION = 2;
const PATHS = 12;

/** The whole experiment: losses on the parabola, exact score matching, the ring and its samples. */
export async function runEnergyBased(lab: Lab, settings: EnergyBasedSettings): Promise<Findings> {
  const root = key(lab.seed);
  const landscapes: Landscape[] = [];
  for (const [index, { name, architecture, loss }] of LANDSCAPES.entries()) {
    const result = await lab.part(name, async (progress) => {
      const run = { architecture, loss, steps: settings.parabolaSteps, key: foldIn(root, index), progress };
      return { ...(await learnParabola(run)) };
    });
    landscapes.push({ name, ...result });
  }
  const error = await lab.part('score matching on a Gaussian', async () =>
    jit(precisionError)(gaussianPoints(foldIn(root, 100), settings.gaussianPoints)).item(),
  );
  const ring = await lab.part('eight Gaussians', async (progress) => {
    const variables = await learnLandscape(foldIn(root, 101), settings.landscape, (done, note) =>
      progress(0.8 * done, note),
    );
    const energy = energyOf(variables.map((one) => one.read()));
    const density = await measureDensity(energy, ringLogDensity);
    const start = normal(foldIn(root, 102), [settings.chains, 2], { stddev: START_DEVIATION });
    const walks = await walk(energy, {
      start,
      stepSize: STEP_SIZE,
      steps: settings.langevinSteps,
      pathCount: PATHS,
      key: foldIn(root, 103),
      progress: (done) => progress(0.8 + 0.2 * done, 'Langevin dynamics'),
    });
    return { ...density, ...walks };
  });
  return {
    value: ring.klDivergence,
    data: 'generated: 200 points of y = x², points of a Gaussian in 3 dimensions and of 8 Gaussians on a circle',
    findings: [
      ...landscapeFindings(landscapes),
      {
        name: 'precision by score matching against the inverse covariance of 3 dimensions',
        metric: 'largestDifference',
        value: error,
        bar: { metric: 'largestDifference', atMost: 1e-6 },
      },
      ...ringFindings(ring.klDivergence, ring.logZ, ring.points),
    ],
    figures: [ringFigure({ ...ring, pathCount: PATHS }), parabolaFigure(landscapes)],
  };
}

/** What the ring's landscape and its samples must reach. */
export function ringFindings(klDivergence: number, logZ: number, points: Float32Array): Finding[] {
  const { shares, near } = countModes(points);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  const finding = (
    name: string,
    metric: string,
    value: number,
    bound?: { atLeast: number } | { atMost: number },
  ) => ({
    name,
    metric,
    value,
    ...(bound && { bar: { metric, ...bound } }),
  });
  return [
    finding('8 Gaussians from the learnt density', 'klDivergence', klDivergence, { atMost: 0.1 }),
    finding('log of the volume, by a grid', 'logZ', logZ),
    finding('modes with samples', 'modes', shares.filter((share) => share > 0).length, {
      atLeast: RING.modes,
    }),
    finding('mode with the fewest samples', 'share', least, { atLeast: 0.085 }),
    finding('mode with the most samples', 'share', most, { atMost: 0.165 }),
    finding('samples within 3 deviations of a mode', 'fraction', near, { atLeast: 0.9 }),
  ];
}

import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import { defineStudy, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { type Convergence, measureConvergence } from './constructions.ts';
import { drawConvergence, drawFits, drawPolynomials, drawSawtooth } from './figures.ts';
import { constructionFindings, learnedFindings, polynomialFindings, tentFindings } from './findings.ts';
import { type LearnedSettings, type LearnedWidth, learnAlternation, learnTarget } from './learned.ts';
import { measurePolynomials } from './polynomial.ts';
import { measureTent } from './tent.ts';

interface Settings {
  /** Units of the hand-built networks. */
  readonly constructions: readonly number[];
  /** Units of the networks of squares. */
  readonly squares: readonly number[];
  readonly learned: LearnedSettings;
  readonly alternation: {
    readonly units: number;
    readonly depth: number;
    readonly networks: number;
    readonly steps: number;
  };
}

const FULL: Settings = {
  constructions: [4, 8, 16, 32, 64, 128, 256],
  squares: [2, 4, 8, 16],
  learned: { widths: [2, 4, 8, 32, 64], networks: 8, steps: 6000 },
  alternation: { units: 16, depth: 8, networks: 8, steps: 2000 },
};

const SHORT: Settings = {
  constructions: [8, 16, 32, 64],
  squares: [4],
  learned: { widths: [8], networks: 4, steps: 2000 },
  alternation: { units: 16, depth: 8, networks: 4, steps: 200 },
};

async function run(lab: Lab, settings: Settings): Promise<Findings> {
  const { constructions: widths, squares, learned, alternation } = settings;
  const build = (kind: 'staircase' | 'interpolant') =>
    lab.part(kind, async (progress): Promise<Convergence> => {
      await progress(0);
      return measureConvergence(kind, widths);
    });
  const built = { staircase: await build('staircase'), interpolant: await build('interpolant') };
  const polynomials = await lab.part('squares', (progress) =>
    measurePolynomials(lab.seed, squares, progress),
  );
  const tent = await lab.part('tent', () => measureTent(alternation.depth));
  const shallow = await lab.part('shallow', (progress) => learnAlternation(lab.seed, alternation, progress));
  const nets: LearnedWidth[] = [];
  for (const units of learned.widths) {
    nets.push(await lab.part(`tanh ${units}`, (progress) => learnTarget(lab.seed, units, learned, progress)));
  }
  return {
    value: median(at(nets, -1).distances),
    data: 'sin 2πx on [0, 1], |x| on [-1, 1], and the points i / 2^k with the classes i mod 2',
    findings: [
      ...constructionFindings(widths, built),
      ...polynomialFindings(squares, polynomials),
      ...tentFindings(alternation, tent, shallow),
      ...learnedFindings(learned.widths, nets),
    ],
    figures: [
      drawFits(learned.widths, nets),
      drawConvergence({ widths, built }, { widths: learned.widths, nets }),
      drawPolynomials(polynomials),
      drawSawtooth(alternation.depth),
    ],
  };
}

/** Cybenko 1989; Hornik, Stinchcombe and White 1989: one hidden layer comes as near as one likes. */
export const universalApproximation = defineSystem({
  id: 'universal-approximation',
  year: 1989,
  title: 'Universal approximation',
  bar: { metric: 'supremumDistance', atMost: 0.006 },
  study: defineStudy({
    data: [],
    budgetSeconds: 120,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'supremumDistance', atMost: 0.05 } },
    run,
  }),
});

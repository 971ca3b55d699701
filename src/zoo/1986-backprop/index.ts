import { defineStudy, type Figure, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { learnEncoder } from './encoder.ts';
import { learnFamilies } from './family-trees.ts';
import { drawCode, drawErrors, drawPeople, drawSaturation, drawSymmetry } from './figures.ts';
import {
  encoderFindings,
  familyFindings,
  PAPER_SWEEPS,
  saturationFindings,
  symmetryFindings,
} from './findings.ts';
import type { Phase } from './learning.ts';
import { learnSaturated } from './saturation.ts';
import { solvedBy } from './solved.ts';
import { learnSymmetry } from './symmetry.ts';

interface Size {
  readonly networks: number;
  readonly sweeps: number;
}

interface Settings {
  readonly symmetry: Size;
  readonly encoder: Size;
  /** Left out of the short form: it takes most of the time. */
  readonly families?: { readonly networks: number; readonly phases: readonly Phase[] };
}

/** Weak decay until the triples are learned, then a strong one, which leaves what they have in common. */
const FAMILY_PHASES: readonly Phase[] = [
  { sweeps: 20, rate: 0.02, momentum: 0.5, decay: 0.0005 },
  { sweeps: 6000, rate: 0.1, momentum: 0.95, decay: 0.0005 },
  { sweeps: 6000, rate: 0.1, momentum: 0.95, decay: 0.0025 },
];

const FULL: Settings = {
  symmetry: { networks: 200, sweeps: 5000 },
  encoder: { networks: 200, sweeps: 4000 },
  families: { networks: 60, phases: FAMILY_PHASES },
};

const SHORT: Settings = {
  symmetry: { networks: 100, sweeps: PAPER_SWEEPS },
  encoder: { networks: 50, sweeps: 2000 },
};

async function run(lab: Lab, { symmetry, encoder, families }: Settings): Promise<Findings> {
  const mirrored = await lab.part('symmetry', (progress) => learnSymmetry(lab.seed, symmetry, progress));
  const coded = await lab.part('encoder', (progress) => learnEncoder(lab.seed, encoder, progress));
  const related =
    families && (await lab.part('family trees', (progress) => learnFamilies(lab.seed, families, progress)));
  const saturated = await lab.part('saturation', learnSaturated);
  const figures: (Figure | undefined)[] = [
    drawSymmetry(mirrored),
    drawErrors(mirrored),
    drawCode(coded),
    related && drawPeople(related),
    drawSaturation(saturated),
  ];
  return {
    value: solvedBy(mirrored.solvedAt, PAPER_SWEEPS),
    data: 'all rows of six bits, eight patterns, two family trees of 24 people and 104 triples',
    findings: [
      ...(symmetry.sweeps > PAPER_SWEEPS ? symmetryFindings(mirrored, symmetry.sweeps) : []),
      ...(families ? encoderFindings(coded, encoder.sweeps) : []),
      ...(related ? familyFindings(related) : []),
      ...(await saturationFindings()),
    ],
    figures: figures.filter((figure) => figure !== undefined),
  };
}

/** Networks with a hidden layer that learn what it is to say. Rumelhart, Hinton, Williams 1986. */
export const backprop = defineSystem({
  id: 'backprop',
  year: 1986,
  title: 'Back-propagation: symmetry, encoder, family trees',
  bar: { metric: 'solvedFraction', atLeast: 0.25 },
  study: defineStudy<Settings>({
    data: [],
    budgetSeconds: 180,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'solvedFraction', atLeast: 0.15 } },
    run,
  }),
});

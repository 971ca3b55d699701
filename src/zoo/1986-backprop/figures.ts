import { imageGrid, lineChart } from '../../plot/index.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { CODE_UNITS, CODES, type EncoderResult } from './encoder.ts';
import { PEOPLE } from './families.ts';
import type { FamilyResult } from './family-trees.ts';
import type { SaturationResult } from './saturation.ts';
import { unitsOf } from './solved.ts';
import { BITS, type SymmetryResult } from './symmetry.ts';

const SHOWN_NETWORKS = 4;

/** Weights into both hidden units of some networks that solved it. */
export function drawSymmetry({ hidden, solvedAt }: SymmetryResult): Figure | undefined {
  const solved = [...solvedAt.keys()]
    .filter((network) => at(solvedAt, network) >= 0)
    .slice(0, SHOWN_NETWORKS);
  if (solved.length === 0) return undefined;
  const images = solved.map((network) => {
    const units = unitsOf(hidden, network);
    const largest = Math.max(...units.flat().map(Math.abs));
    return {
      width: BITS,
      height: 2,
      data: units.flat().map((weight) => weight / largest),
      label: `solved at ${at(solvedAt, network)}`,
    };
  });
  return {
    title: 'Weights that find symmetry',
    caption:
      'Each picture is a network, each row the six weights into one of its hidden units, relative to the largest. Mirrored weights have opposite signs and one size, so a symmetric row cancels; the three sizes are about 1 : 2 : 4, so no other row does.',
    svg: imageGrid({
      title: 'Weights of the hidden units',
      columns: 2,
      images,
      range: [-1, 1],
      colours: 'diverging',
      size: 220,
    }),
  };
}

/** Error curves of all networks, with a gap from each to the next. */
export function drawErrors({ errors, sweeps, solvedAt }: SymmetryResult): Figure {
  const networks = solvedAt.length;
  const curves = (isSolved: boolean) => {
    const shown = [...solvedAt.keys()].filter((network) => at(solvedAt, network) >= 0 === isSolved);
    return {
      x: shown.flatMap(() => [...sweeps, Number.NaN]),
      y: shown.flatMap((network) => [
        ...sweeps.map((_, note) => at(errors, note * networks + network)),
        Number.NaN,
      ]),
    };
  };
  const series = [
    { name: 'solved', ...curves(true) },
    { name: 'not solved', ...curves(false) },
  ].filter(({ x }) => x.length > 0);
  return {
    title: 'Every error curve',
    caption: `The error of all ${networks} networks on the 64 rows. All rest for long where the answer is “never symmetric” (error 4 or a little less); those that leave do so all at once, and many never do.`,
    svg: lineChart({
      title: 'Symmetry: error while learning',
      x: { label: 'sweeps' },
      y: { label: 'E = ½ Σ (y − d)²', range: [0, 9] },
      series,
    }),
  };
}

/** The code that an encoder found. */
export function drawCode({ code }: EncoderResult): Figure {
  return {
    title: 'A code of three units',
    caption:
      'Hidden units of an 8-3-8 encoder for its eight patterns: something like the eight binary numbers, found by itself.',
    svg: imageGrid({
      title: 'Three units for eight patterns',
      columns: CODES,
      images: Array.from({ length: CODES }, (_, pattern) => ({
        width: CODE_UNITS,
        height: 1,
        data: code.subarray(pattern * CODE_UNITS, (pattern + 1) * CODE_UNITS),
        label: `pattern ${pattern + 1}`,
      })),
      range: [0, 1],
      size: 72,
    }),
  };
}

/** What six units know about people. */
export function drawPeople({ people }: FamilyResult): Figure {
  const half = PEOPLE.length / 2;
  const images = Array.from({ length: 6 }, (_, unit) => ({
    width: half,
    height: 2,
    data: Array.from({ length: PEOPLE.length }, (_, person) => at(people, person * 6 + unit)),
    label: `unit ${unit + 1}`,
  }));
  return {
    title: 'What six units know about 24 people',
    caption: `Weights from each person to the units that stand for them: the English family above, the Italian one below, in one order (${PEOPLE.slice(0, half).join(', ')}). Where the rows are alike a unit has found what the families share, such as the generation; where they are opposite it tells the families apart.`,
    svg: imageGrid({
      title: 'Family trees',
      columns: 2,
      images,
      range: 'each',
      colours: 'diverging',
      size: 288,
    }),
  };
}

/** Why the lecture warns against least squares for classes. */
export function drawSaturation({ steps, squared, entropy }: SaturationResult): Figure {
  return {
    title: 'A unit that is surely wrong',
    caption:
      'Two logistic units begin at z = −10 and are to answer 1, with one learning rate. The slope of the squared error is 20,000 times smaller there, so this unit does not move; the cross-entropy brings the other over at once.',
    svg: lineChart({
      title: 'Squared error against cross-entropy',
      x: { label: 'steps' },
      y: { label: 'answer σ(z), target 1', range: [0, 1] },
      series: [
        { name: 'cross-entropy', x: steps, y: entropy },
        { name: 'squared error', x: steps, y: squared },
      ],
    }),
  };
}

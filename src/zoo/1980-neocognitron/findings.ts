import { invariant } from '../../util/errors.ts';
import type { Finding } from '../study.ts';
import type { Tolerance } from './experiment.ts';
import type { FiveDigits } from './five-digits.ts';
import { DEFORMATIONS } from './tolerance.ts';

/** Greatest loss of accuracy that a shift of 2 pixels may cost. */
const GREATEST_COST = 0.05;
const COST_SHIFT = 2;

/** Whether the network of 1980 tells five digits apart. */
export function fiveDigitFinding({ solved }: FiveDigits, atLeast: number): Finding {
  return {
    name: `five digits, each with a cell of its own wherever it is, share of ${solved.length} networks`,
    metric: 'solvedFraction',
    value: solved.filter(Boolean).length / solved.length,
    bar: { metric: 'solvedFraction', atLeast },
  };
}

/** Errors on test images, and what moving them costs. */
export function digitFindings(
  network: Tolerance,
  nearest: Tolerance,
  { shifts, bar }: { readonly shifts: readonly number[]; readonly bar: Finding['bar'] },
): Finding[] {
  const cost = { metric: 'errorIncrease', atMost: GREATEST_COST } as const;
  return [
    {
      name: 'neocognitron, ten cells of U_C4',
      metric: 'testError',
      value: network.testError,
      ...(bar && { bar }),
      published: { value: 0.014, where: 'Fukushima 2003, 3,000 digits of ETL-1' },
    },
    { name: '1-NN on the same images', metric: 'testError', value: nearest.testError },
    ...(['horizontal', 'vertical'] as const).flatMap((axis): Finding[] => {
      const metric = 'errorIncrease';
      const name = `moved by ${COST_SHIFT} pixels, ${axis}`;
      return [
        { name: `neocognitron ${name}`, metric, value: costOf(network.shifts[axis], shifts), bar: cost },
        { name: `1-NN ${name}`, metric, value: costOf(nearest.shifts[axis], shifts) },
      ];
    }),
    ...DEFORMATIONS.flatMap(({ name }, i): Finding[] => [
      { name: `neocognitron, ${name}`, metric: 'testError', value: network.deformations[i] ?? Number.NaN },
      { name: `1-NN, ${name}`, metric: 'testError', value: nearest.deformations[i] ?? Number.NaN },
    ]),
  ];
}

function costOf(errors: readonly number[], shifts: readonly number[]): number {
  const [still, moved] = [errors[shifts.indexOf(0)], errors[shifts.indexOf(COST_SHIFT)]];
  invariant(still !== undefined && moved !== undefined, 'settings name the shifts 0 and 2');
  return moved - still;
}

import { AntlerValueError } from '../../util/errors.ts';
import type { Finding } from '../study.ts';
import type { Outcome } from './experiment.ts';
import type { Start } from './runs.ts';
import type { Variation } from './variations.ts';

/** Test errors that the paper prints for three hidden layers, on its own rotations and backgrounds. */
export const PUBLISHED: Readonly<
  Record<Variation, { readonly denoising: number; readonly noiseless: number }>
> = {
  basic: { denoising: 0.0284, noiseless: 0.0346 },
  rot: { denoising: 0.0953, noiseless: 0.103 },
  'bg-rand': { denoising: 0.103, noiseless: 0.1128 },
};

const WHERE = 'JMLR 11, table 3';
const BARS: Readonly<Record<Variation, number>> = { basic: 0.034, rot: 0.108, 'bg-rand': 0.115 };

/** What a start must be worth against random weights. */
const GAIN_OVER_RANDOM = 0.005;

/** Noise must be worth one of 50,000 test images at least. */
const GAIN_OVER_NOISELESS = 1 / 50_000;

/** Errors beside the published ones, and what pretraining and noise are worth. */
export function sdaFindings(outcomes: readonly Outcome[]): {
  readonly value: number;
  readonly findings: readonly Finding[];
} {
  const variations = [...new Set(outcomes.map(({ variation }) => variation))];
  return {
    value: errorOf(outcomes, 'basic', 'denoising'),
    findings: variations.flatMap((variation) => {
      const find = (start: Start) =>
        outcomes.find((one) => one.variation === variation && one.start === start);
      const error = errorOf(outcomes, variation, 'denoising');
      const [noiseless, random] = [find('noiseless'), find('random')];
      return [
        {
          name: `${variation}, stacked denoising autoencoders`,
          metric: 'testError',
          value: error,
          bar: { metric: 'testError', atMost: BARS[variation] },
          published: { value: PUBLISHED[variation].denoising, where: WHERE },
        },
        ...(noiseless
          ? [noiselessError(variation, noiseless), gain(variation, 'noise', noiseless.testError - error)]
          : []),
        ...(random
          ? [
              { name: `${variation}, without pretraining`, metric: 'testError', value: random.testError },
              gain(variation, 'pretraining', random.testError - error),
            ]
          : []),
      ];
    }),
  };
}

function noiselessError(variation: Variation, { testError }: Outcome): Finding {
  return {
    name: `${variation}, stacked autoencoders without noise`,
    metric: 'testError',
    value: testError,
    published: { value: PUBLISHED[variation].noiseless, where: WHERE },
  };
}

function gain(variation: Variation, of: 'noise' | 'pretraining', value: number): Finding {
  const atLeast = of === 'noise' ? GAIN_OVER_NOISELESS : GAIN_OVER_RANDOM;
  return {
    name: `${variation}, what ${of} is worth`,
    metric: 'errorReduction',
    value,
    bar: { metric: 'errorReduction', atLeast },
  };
}

/** @throws AntlerValueError if no such network was trained */
function errorOf(outcomes: readonly Outcome[], variation: Variation, start: Start): number {
  const found = outcomes.find((one) => one.variation === variation && one.start === start);
  if (found) return found.testError;
  throw new AntlerValueError({ where: 'sda', expected: `a network for ${variation}, ${start}`, got: 'none' });
}

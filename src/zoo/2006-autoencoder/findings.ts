import type { Finding } from '../study.ts';
import type { Reconstruction } from './training.ts';

/** Every reconstruction of the experiment. */
export interface Measured {
  readonly components: Omit<Reconstruction, 'history'>;
  readonly linear: Reconstruction;
  readonly simple: Reconstruction;
  readonly logistic: Reconstruction;
  readonly control: Reconstruction;
  readonly deep: Reconstruction;
}

const METRIC = 'squaredErrorPerDigit';
const PAPER = 'Science 313:504-507';

/** What the paper prints for a code of 30 numbers. */
export const PUBLISHED = { deep: 3.0, logistic: 8.01, components: 13.87 } as const;

/** What is measured beside what was published, and what each must reach. */
export function autoencoderFindings(measured: Measured): {
  readonly value: number;
  readonly findings: readonly Finding[];
} {
  const error = (part: keyof Measured) => measured[part].squaredError;
  const of = (name: string, part: keyof Measured, more: Partial<Finding> = {}): Finding => ({
    name,
    metric: METRIC,
    value: error(part),
    ...more,
  });
  const published = (part: keyof typeof PUBLISHED) => ({
    published: { value: PUBLISHED[part], where: PAPER },
  });
  return {
    value: error('deep'),
    findings: [
      of('deep autoencoder', 'deep', { bar: { metric: METRIC, atMost: 4 }, ...published('deep') }),
      of('logistic PCA', 'logistic', published('logistic')),
      of('PCA', 'components', published('components')),
      {
        name: 'PCA, distance from the published figure',
        metric: 'difference',
        value: Math.abs(error('components') - PUBLISHED.components),
        bar: { metric: 'difference', atMost: 0.15 },
      },
      of('linear autoencoder', 'linear'),
      {
        name: 'linear autoencoder, distance from PCA',
        metric: 'relativeDifference',
        value: Math.abs(error('linear') / error('components') - 1),
        bar: { metric: 'relativeDifference', atMost: 0.01 },
      },
      of('autoencoder of the lecture, one layer of 30 sigmoid units', 'simple'),
      of('deep autoencoder by gradient descent without a start', 'control', {
        bar: { metric: METRIC, atLeast: 10 },
      }),
    ],
  };
}

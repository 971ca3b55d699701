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

/** What the paper prints for a code of 30 numbers, of digits of 784 pixels. */
const PUBLISHED = { deep: 3.0, logistic: 8.01, components: 13.87 } as const;
const PUBLISHED_PIXELS = 784;

/** The published error beside that of a part; undefined for images of another size, whose sums are others. */
export function publishedError(part: keyof typeof PUBLISHED, pixels: number): number | undefined {
  return pixels === PUBLISHED_PIXELS ? PUBLISHED[part] : undefined;
}

/**
 * What is measured beside what was published, and what each must reach.
 * @param pixels of a digit
 */
export function autoencoderFindings(
  measured: Measured,
  pixels: number,
): {
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
  const published = (part: keyof typeof PUBLISHED) => {
    const value = publishedError(part, pixels);
    return value === undefined ? {} : { published: { value, where: PAPER } };
  };
  return {
    value: error('deep'),
    findings: [
      of('deep autoencoder', 'deep', { bar: { metric: METRIC, atMost: 4 }, ...published('deep') }),
      of('logistic PCA', 'logistic', published('logistic')),
      of('PCA', 'components', published('components')),
      ...distanceFinding(error('components'), publishedError('components', pixels)),
      of('linear autoencoder', 'linear'),
      {
        name: 'linear autoencoder, distance from PCA',
        metric: 'relativeDifference',
        value: Math.abs(error('linear') / error('components') - 1),
        bar: { metric: 'relativeDifference', atMost: 0.01 },
      },
      of('autoencoder of the lecture, one layer of 30 tanh units', 'simple'),
      of('deep autoencoder by gradient descent without a start', 'control', {
        bar: { metric: METRIC, atLeast: 10 },
      }),
    ],
  };
}

/** How far PCA, in which nothing is random, is from its published error. */
function distanceFinding(measured: number, published: number | undefined): Finding[] {
  if (published === undefined) return [];
  const value = Math.abs(measured - published);
  const bar = { metric: 'difference', atMost: 0.15 };
  return [{ name: 'PCA, distance from the published figure', metric: 'difference', value, bar }];
}

import type { Progress } from '../study.ts';
import { BOOSTED_LENET4, boost } from './boosting.ts';
import type { Digits, Split } from './digits.ts';
import { polynomialMachine, radialBasis } from './kernels.ts';
import { leastSquares, pairwise, quadratic } from './linear.ts';
import { nearestNeighbours, tangentDistance } from './neighbours.ts';
import { errorOf, NETWORK_PLANS, type NetworkPlan, trainNetwork } from './networks.ts';
import { PERCEPTRON_PLANS } from './perceptrons.ts';

/** Measures a method: learns from the training digits, gives the error on the test digits. */
type Measure = (digits: Digits, seed: number, progress: Progress) => Promise<number>;

/** A row of the table of 1998. Errors are fractions of the test digits. */
export interface TableRow {
  readonly name: string;
  readonly published: number;
  /** The most the error may be. */
  readonly bar: number;
  readonly measure: Measure;
}

const plain =
  (method: (split: Split, progress: Progress) => Promise<number>): Measure =>
  (digits, _seed, progress) =>
    method(digits.plain, progress);

const deslanted =
  (method: (split: Split, progress: Progress) => Promise<number>): Measure =>
  (digits, _seed, progress) =>
    method(digits.deslanted, progress);

const network =
  (plan: NetworkPlan, kind: keyof Digits = 'plain'): Measure =>
  async (digits, seed, progress) => {
    const { train, test } = digits[kind];
    return errorOf([await trainNetwork(plan, train, seed, progress)], test);
  };

/** Three LeNet-4, of which each later one learns from what those before it get wrong. */
const boosted: Measure = async ({ plain: { train, test } }, seed, progress) => {
  const plan = { ...BOOSTED_LENET4, network: NETWORK_PLANS.lenet4 };
  const first = await trainNetwork(plan.network, train, seed, (done) => progress(0.3 * done));
  const networks = await boost(first, plan, train, seed, (done) => progress(0.3 + 0.7 * done));
  return errorOf(networks, test);
};

/** Every row that was measured here, in the order of the paper's figure 9. */
export const TABLE: readonly TableRow[] = [
  {
    name: 'Linear, softmax',
    published: 0.12,
    bar: 0.076,
    measure: network(PERCEPTRON_PLANS.softmax),
  },
  {
    name: 'Linear, least squares, deslanted',
    published: 0.084,
    bar: 0.087,
    measure: deslanted(leastSquares),
  },
  { name: 'Pairwise linear, deslanted', published: 0.076, bar: 0.076, measure: deslanted(pairwise) },
  { name: 'k nearest neighbours', published: 0.05, bar: 0.031, measure: plain(nearestNeighbours) },
  {
    name: 'k nearest neighbours, deslanted',
    published: 0.024,
    bar: 0.017,
    measure: deslanted(nearestNeighbours),
  },
  { name: '40 PCA + quadratic', published: 0.033, bar: 0.0335, measure: plain(quadratic) },
  {
    name: '1000 RBF + linear',
    published: 0.036,
    bar: 0.036,
    measure: ({ plain: split }, seed, progress) => radialBasis(split, seed, progress),
  },
  {
    name: 'SVM, polynomial of degree 4, deslanted',
    published: 0.011,
    bar: 0.033,
    measure: deslanted(polynomialMachine),
  },
  { name: 'Tangent distance, 16 x 16', published: 0.011, bar: 0.015, measure: plain(tangentDistance) },
  {
    name: '300 hidden units, squared error',
    published: 0.047,
    bar: 0.047,
    measure: network(PERCEPTRON_PLANS.hidden300Squared),
  },
  {
    name: '300 hidden units, softmax',
    published: 0.047,
    bar: 0.022,
    measure: network(PERCEPTRON_PLANS.hidden300),
  },
  {
    name: '300 hidden units, deslanted',
    published: 0.016,
    bar: 0.016,
    measure: network(PERCEPTRON_PLANS.hidden300, 'deslanted'),
  },
  {
    name: '1000 hidden units, squared error',
    published: 0.045,
    bar: 0.045,
    measure: network(PERCEPTRON_PLANS.hidden1000Squared),
  },
  {
    name: '1000 hidden units, softmax',
    published: 0.045,
    bar: 0.022,
    measure: network(PERCEPTRON_PLANS.hidden1000),
  },
  {
    name: '300-100 hidden units',
    published: 0.0305,
    bar: 0.022,
    measure: network(PERCEPTRON_PLANS.hidden300And100),
  },
  {
    name: '500-150 hidden units',
    published: 0.0295,
    bar: 0.021,
    measure: network(PERCEPTRON_PLANS.hidden500And150),
  },
  { name: 'LeNet-1', published: 0.017, bar: 0.017, measure: network(NETWORK_PLANS.lenet1) },
  { name: 'LeNet-4', published: 0.011, bar: 0.012, measure: network(NETWORK_PLANS.lenet4) },
  { name: 'Boosted LeNet-4, distorted', published: 0.007, bar: 0.008, measure: boosted },
  { name: 'LeNet-5', published: 0.0095, bar: 0.01, measure: network(NETWORK_PLANS.lenet5) },
  {
    name: 'LeNet-5, distorted',
    published: 0.008,
    bar: 0.0075,
    measure: network(NETWORK_PLANS.lenet5Distorted),
  },
];

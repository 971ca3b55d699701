import { adam, rmsprop, sgd } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { beale, type Landscape, rosenbrock } from './landscapes.ts';

/** A runner with the number of steps that it is known to need. */
export interface Contender {
  readonly name: string;
  readonly landscape: Landscape;
  /** Steps to a height below 1e-6; null for one that does not arrive in `limit` steps. */
  readonly known: number | null;
  /** Contenders of one limit race together. */
  readonly limit: number;
  optimizer(): Optimizer;
}

/** The paper's, where the library has Keras's 1e-7. */
const EPSILON = 1e-8;

const adamOf = (learningRate: number) => () => adam({ learningRate, epsilon: EPSILON });
const momentumOf = (learningRate: number) => () => sgd({ learningRate, momentum: 0.9 });
const nesterovOf = (learningRate: number) => () => sgd({ learningRate, momentum: 0.9, nesterov: true });

const FEW = 2000;
const MANY = 50_000;

/**
 * Counts of NumPy in double precision. Nesterov's variable is the look-ahead point, as in Keras; the counts are the same
 * to a step for the point behind it.
 */
export const CONTENDERS: readonly Contender[] = [
  {
    name: 'gradient descent',
    landscape: rosenbrock,
    known: 15_068,
    limit: 16_000,
    optimizer: () => sgd({ learningRate: 1e-3 }),
  },
  { name: 'momentum', landscape: rosenbrock, known: 1386, limit: FEW, optimizer: momentumOf(1e-3) },
  { name: 'Nesterov', landscape: rosenbrock, known: 1426, limit: FEW, optimizer: nesterovOf(1e-3) },
  { name: 'Adam, rate 0.1', landscape: rosenbrock, known: 1139, limit: FEW, optimizer: adamOf(0.1) },
  { name: 'Adam, rate 0.01', landscape: rosenbrock, known: 4215, limit: 5000, optimizer: adamOf(0.01) },
  {
    name: 'RMSprop, rate 0.01',
    landscape: rosenbrock,
    known: null,
    limit: MANY,
    optimizer: () => rmsprop({ learningRate: 0.01, epsilon: EPSILON }),
  },
  {
    name: 'RMSprop, rate 0.001',
    landscape: rosenbrock,
    known: null,
    limit: MANY,
    optimizer: () => rmsprop({ learningRate: 0.001, epsilon: EPSILON }),
  },
  {
    name: 'gradient descent',
    landscape: beale,
    known: 1642,
    limit: FEW,
    optimizer: () => sgd({ learningRate: 0.01 }),
  },
  { name: 'momentum', landscape: beale, known: 124, limit: FEW, optimizer: momentumOf(0.01) },
  { name: 'Nesterov', landscape: beale, known: 175, limit: FEW, optimizer: nesterovOf(0.01) },
  { name: 'Adam, rate 0.1', landscape: beale, known: 204, limit: FEW, optimizer: adamOf(0.1) },
];

import type { Finding } from '../study.ts';
import {
  type EnergyLoss,
  energyLoss,
  hingeLoss,
  negativeLogLikelihood,
  perceptronLoss,
  squareSquareLoss,
} from './losses.ts';
import type { Architecture, ParabolaResult } from './parabola.ts';

/** A loss and whose energy it shapes. */
interface LandscapePlan {
  readonly name: string;
  readonly architecture: Architecture;
  readonly loss: EnergyLoss;
  /** What is to be seen. */
  readonly outcome: 'flat' | 'valley' | 'open';
}

/** The demonstrations of the tutorial, from the one that is safe by its architecture to those that are by their loss. */
export const LANDSCAPES: readonly LandscapePlan[] = [
  { name: 'one network, energy loss', architecture: 'explicit', loss: energyLoss, outcome: 'valley' },
  { name: 'two networks, energy loss', architecture: 'implicit', loss: energyLoss, outcome: 'flat' },
  { name: 'two networks, perceptron loss', architecture: 'implicit', loss: perceptronLoss, outcome: 'open' },
  { name: 'two networks, hinge loss', architecture: 'implicit', loss: hingeLoss, outcome: 'valley' },
  {
    name: 'two networks, square-square loss',
    architecture: 'implicit',
    loss: squareSquareLoss,
    outcome: 'valley',
  },
  {
    name: 'two networks, log-likelihood',
    architecture: 'implicit',
    loss: negativeLogLikelihood,
    outcome: 'valley',
  },
];

/** A trained landscape under the name of its plan. */
export interface Landscape extends ParabolaResult {
  readonly name: string;
}

/** Below this, the energies of all answers count as the same. */
const FLAT_RANGE = 0.15;

/** Answers are less than four apart in the list of candidates. */
const ERROR_BAR = 0.05;

/** What each loss must show: energies that collapse, or a valley along the parabola. */
export function landscapeFindings(landscapes: readonly Landscape[]): Finding[] {
  return landscapes.flatMap((landscape) => {
    const { name, rootMeanSquareError, margin, range } = landscape;
    const outcome = LANDSCAPES.find((plan) => plan.name === name)?.outcome;
    return [
      { name, metric: 'energyRange', value: range, ...flatness(outcome) },
      {
        name,
        metric: 'rootMeanSquareError',
        value: rootMeanSquareError,
        ...(outcome === 'valley' && { bar: { metric: 'rootMeanSquareError', atMost: ERROR_BAR } }),
      },
      { name, metric: 'margin', value: margin },
    ];
  });
}

function flatness(outcome: LandscapePlan['outcome'] | undefined): Pick<Finding, 'bar'> {
  if (outcome === 'flat') return { bar: { metric: 'energyRange', atMost: FLAT_RANGE } };
  if (outcome === 'valley') return { bar: { metric: 'energyRange', atLeast: 1 } };
  return {};
}

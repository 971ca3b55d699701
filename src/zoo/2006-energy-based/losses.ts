import { add, neg, square, sub, where } from '../../ops/math/arithmetic.ts';
import { relu } from '../../ops/nn/nn.ts';
import { logsumexp, mean, min } from '../../ops/reduce/reduce.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Energies of a batch of questions, each with the same list of possible answers. */
export interface Energies {
  /** [batch], of the right answer. */
  readonly truth: Tensor;
  /** [batch, answers], of every answer. */
  readonly answers: Tensor;
  /** [batch, answers], bool: answers so far from the right one that they count as wrong. */
  readonly isWrong: Tensor;
  /** What an answer of the list stands for: the length of its interval; 1 where answers are classes. */
  readonly spacing: number;
}

/** A loss says what shape of energies is wanted; inference is to take the answer of least energy. */
export type EnergyLoss = (energies: Energies) => Tensor;

/** How far below every wrong answer the right one should lie. */
const MARGIN = 1;

/** Stands for the energy of an answer that is not wrong when the least is sought. */
const NEVER_LEAST = 1e9;

/** Energy of the most offending incorrect answer, the wrong one of least energy: [batch]. */
export function mostOffending({ answers, isWrong }: Energies): Tensor {
  return min(where(isWrong, answers, NEVER_LEAST), 1);
}

/** E(truth). Pulls down the right answer and pushes nothing up: energies may fall to zero everywhere. */
export const energyLoss: EnergyLoss = ({ truth }) => mean(truth);

/** E(truth) - min E. Zero also for energies that are the same everywhere: there is no margin. */
export const perceptronLoss: EnergyLoss = ({ truth, answers }) => mean(relu(sub(truth, min(answers, 1))));

/** max(0, margin + E(truth) - E(most offending)). */
export const hingeLoss: EnergyLoss = (energies) =>
  mean(relu(add(sub(energies.truth, mostOffending(energies)), MARGIN)));

/** E(truth)^2 + max(0, margin - E(most offending))^2, for energies that are not negative. */
export const squareSquareLoss: EnergyLoss = (energies) =>
  mean(add(square(energies.truth), square(relu(sub(MARGIN, mostOffending(energies))))));

/** E(truth) + log of the integral of exp(-E): pushes up every answer by its probability. */
export const negativeLogLikelihood: EnergyLoss = ({ truth, answers, spacing }) =>
  mean(add(add(truth, logsumexp(neg(answers), 1)), Math.log(spacing)));

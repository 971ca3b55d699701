import { concat, oneHot, tensor } from '../../ops/index.ts';
import { permutationOf } from '../../random/permutation.ts';
import { at, lookup } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { PEOPLE, RELATIONS, TRIPLES } from './families.ts';
import { learnTogether, type Phase, type Task } from './learning.ts';
import { drawNetworks, logistic } from './network.ts';

/** Triples that a network never sees. */
export const HELD_OUT = 4;
const REACH = 0.3;
/** Answers this near to 0 or 1 are right enough: units that need not be certain stay able to learn. */
const TOLERANCE = 0.1;

/** What networks make of triples they never saw. */
export type FamilyResult = {
  /** Of the triples kept back, how many each network answers rightly. */
  readonly right: Int32Array;
  /** Of the triples learned. */
  readonly learnedRight: Int32Array;
  /** Weights from people to the six units that stand for them, of the best network: [24, 6]. */
  readonly people: Float32Array;
};

/** The triples that each network is not shown. */
export function heldOut(seed: number, networks: number): number[][] {
  return Array.from({ length: networks }, (_, network) => [
    ...permutationOf(TRIPLES.length, seed, network).subarray(0, HELD_OUT),
  ]);
}

/** 24 people and 12 relations, 6 units for each, 12 for both, 6, and 24 people for the answer. */
function familyTask(seed: number, hidden: readonly (readonly number[])[], phases: readonly Phase[]): Task {
  const people = oneHot(tensor(Int32Array.from(TRIPLES, ({ person }) => person)), PEOPLE.length);
  const relations = oneHot(tensor(Int32Array.from(TRIPLES, ({ relation }) => relation)), RELATIONS.length);
  const sizes = {
    person: [PEOPLE.length, 6],
    relation: [RELATIONS.length, 6],
    both: [12, 12],
    answer: [12, 6],
    output: [6, PEOPLE.length],
  } as const;
  const targets = TRIPLES.map(({ answers }) => PEOPLE.map((_, person) => Number(answers.includes(person))));
  const shown = hidden.map((kept) => TRIPLES.map((_, triple) => [kept.includes(triple) ? 0 : 1]));
  return {
    initial: drawNetworks(seed, hidden.length, sizes, REACH),
    answers(network) {
      const parts = [logistic(network, 'person', people), logistic(network, 'relation', relations)];
      const both = logistic(network, 'both', concat(parts, -1));
      return logistic(network, 'output', logistic(network, 'answer', both));
    },
    targets: tensor(targets),
    tolerance: TOLERANCE,
    learned: tensor(shown),
    phases,
  };
}

export async function learnFamilies(
  seed: number,
  { networks, phases }: { readonly networks: number; readonly phases: readonly Phase[] },
  progress: Progress,
): Promise<FamilyResult> {
  const hidden = heldOut(seed, networks);
  const task = familyTask(seed, hidden, phases);
  const { network } = await learnTogether(task, progress);
  const outputs = await task.answers(network).data();
  const isRight = (index: number, triple: number) => {
    const { answers } = at(TRIPLES, triple);
    const start = (index * TRIPLES.length + triple) * PEOPLE.length;
    return PEOPLE.every((_, person) => at(outputs, start + person) > 0.5 === answers.includes(person));
  };
  const count = (index: number, triples: readonly number[]) =>
    triples.filter((triple) => isRight(index, triple)).length;
  const right = Int32Array.from(hidden, (kept, index) => count(index, kept));
  const learnedRight = Int32Array.from(hidden, (kept, index) =>
    count(
      index,
      [...TRIPLES.keys()].filter((triple) => !kept.includes(triple)),
    ),
  );
  const best = right.indexOf(Math.max(...right));
  const weights = await lookup(network, 'person').kernel.data();
  const size = PEOPLE.length * 6;
  return { right, learnedRight, people: Float32Array.from(weights.subarray(best * size, (best + 1) * size)) };
}

import { tensor } from '../../ops/index.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { learnTogether, type Task } from './learning.ts';
import { drawNetworks, logistic } from './network.ts';

export const BITS = 6;
const HIDDEN = 2;
/** Of the paper. */
const RATE = 0.1;
const MOMENTUM = 0.9;
const REACH = 0.3;

/** All rows of six bits. */
export function rowsOfBits(): number[][] {
  return Array.from({ length: 2 ** BITS }, (_, row) =>
    Array.from({ length: BITS }, (_, bit) => (row >> (BITS - 1 - bit)) & 1),
  );
}

/** 1 for rows that read the same backwards. */
export function isSymmetric(row: readonly number[]): number {
  return Number(row.every((bit, i) => bit === row.at(-1 - i)));
}

/** Networks that learned to tell symmetric rows from the others. */
export type SymmetryResult = {
  readonly solvedAt: Int32Array;
  readonly sweeps: number[];
  readonly errors: Float32Array;
  /** Weights into the hidden units: [networks, 6, 2]. */
  readonly hidden: Float32Array;
  /** Patterns that each network answers rightly in the end. */
  readonly right: Int32Array;
};

/** 6-2-1 networks, one for each start. */
function symmetryTask(seed: number, networks: number, sweeps: number): Task {
  const rows = rowsOfBits();
  const x = tensor(rows);
  return {
    initial: drawNetworks(seed, networks, { hidden: [BITS, HIDDEN], output: [HIDDEN, 1] }, REACH),
    answers: (network) => logistic(network, 'output', logistic(network, 'hidden', x)),
    targets: tensor(rows.map((row) => [isSymmetric(row)])),
    phases: [{ sweeps, rate: RATE, momentum: MOMENTUM }],
  };
}

export async function learnSymmetry(
  seed: number,
  { networks, sweeps }: { readonly networks: number; readonly sweeps: number },
  progress: Progress,
): Promise<SymmetryResult> {
  const task = symmetryTask(seed, networks, sweeps);
  const course = await learnTogether(task, progress);
  const answers = await task.answers(course.network).data();
  const rows = rowsOfBits();
  const right = Int32Array.from({ length: networks }, (_, network) =>
    rows.reduce(
      (count, row, i) =>
        count + Number(at(answers, network * rows.length + i) > 0.5 === (isSymmetric(row) === 1)),
      0,
    ),
  );
  const hidden = Float32Array.from((await course.network.get('hidden')?.kernel.data()) ?? []);
  const { solvedAt, errors } = course;
  return { solvedAt, sweeps: course.sweeps, errors, hidden, right };
}

import { eye } from '../../ops/index.ts';
import type { Progress } from '../study.ts';
import { learnTogether, type Task } from './learning.ts';
import { drawNetworks, logistic } from './network.ts';

export const CODES = 8;
export const CODE_UNITS = 3;
const RATE = 0.25;
const MOMENTUM = 0.9;
const REACH = 0.3;

/** Networks that learned to say eight patterns with three units. */
export type EncoderResult = {
  readonly solvedAt: Int32Array;
  /** Hidden units of the first network that solved it, or of the first one: [8, 3]. */
  readonly code: Float32Array;
};

/** 8-3-8 networks: each of eight units is to be copied through three. */
export function encoderTask(seed: number, networks: number, sweeps: number): Task {
  const x = eye(CODES);
  return {
    initial: drawNetworks(seed, networks, { code: [CODES, CODE_UNITS], output: [CODE_UNITS, CODES] }, REACH),
    answers: (network) => logistic(network, 'output', logistic(network, 'code', x)),
    targets: x,
    phases: [{ sweeps, rate: RATE, momentum: MOMENTUM }],
  };
}

export async function learnEncoder(
  seed: number,
  { networks, sweeps }: { readonly networks: number; readonly sweeps: number },
  progress: Progress,
): Promise<EncoderResult> {
  const { network, solvedAt } = await learnTogether(encoderTask(seed, networks, sweeps), progress);
  const codes = await logistic(network, 'code', eye(CODES)).data();
  const first = Math.max(
    solvedAt.findIndex((sweep) => sweep >= 0),
    0,
  );
  const size = CODES * CODE_UNITS;
  return { solvedAt, code: Float32Array.from(codes.subarray(first * size, (first + 1) * size)) };
}

import type { Code, Local } from '../encoder/index.ts';
import { type KernelFunction, offsetBy } from './kernel-function.ts';
import { LANES, lanesOf, VECTOR_BYTES } from './lanes.ts';

/** Goes along so many floats a vector at a time; in the end `lanes` tells how many floats are left. */
export function walkVectors(
  fn: KernelFunction,
  floats: number,
  pointers: readonly Local[],
  body: (lanes: number, pointers: readonly Local[]) => Code,
): Code {
  const whole = Math.floor(floats / LANES);
  const rest = lanesOf(floats, whole);
  const walks = pointers.map(({ get }) => ({ start: get, step: VECTOR_BYTES }));
  const last = walks.map(({ start, step }) => ({ start: offsetBy(start, whole * step), step }));
  return [
    fn.walk(whole, walks, (...inner) => body(LANES, inner)),
    rest === 0 ? [] : fn.walk(1, last, (...inner) => body(rest, inner)),
  ];
}

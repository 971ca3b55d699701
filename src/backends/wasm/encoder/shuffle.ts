import { invariant } from '../../../util/errors.ts';
import type { Code } from './code.ts';
import { opcode } from './families.ts';
import { laneIndex } from './immediates.ts';

const SHUFFLE = opcode(0xfd00d);

/**
 * A shuffle of vectors with `laneCount` lanes: result lane i is lane `lanes[i]` of the 2 `laneCount` lanes of `a`
 * followed by `b`. The instruction itself shuffles bytes; wider lanes become runs of bytes.
 */
export function shuffleLanes(laneCount: number): (a: Code, b: Code, lanes: readonly number[]) => Code {
  const width = 16 / laneCount;
  return (a, b, lanes) => {
    invariant(lanes.length === laneCount, `shuffle of ${lanes.length} lanes where ${laneCount} are needed`);
    const bytes = lanes.flatMap((lane) => {
      const first = laneIndex(lane, 2 * laneCount) * width;
      return Array.from({ length: width }, (_, byte) => first + byte);
    });
    return [a, b, SHUFFLE, bytes];
  };
}

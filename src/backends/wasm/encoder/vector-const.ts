import { invariant } from '../../../util/errors.ts';
import type { Code } from './code.ts';
import { opcode } from './families.ts';
import { laneBytes } from './immediates.ts';

const VECTOR_CONST = opcode(0xfd00c);

/** A constant vector from lanes of `laneWidth` bytes, each written by `set`. */
export function vectorConst<T extends number | bigint>(
  laneWidth: number,
  set: (view: DataView, offset: number, value: T) => void,
): (...lanes: readonly T[]) => Code {
  return (...lanes) => {
    invariant(
      lanes.length * laneWidth === 16,
      `${lanes.length} lanes of ${laneWidth} bytes are not a vector`,
    );
    return [VECTOR_CONST, laneBytes(laneWidth, lanes, set)];
  };
}

import { arange, scalar } from '../ops/create.ts';
import { add, cast, mul, neg } from '../ops/math/arithmetic.ts';
import { bitwiseAnd } from '../ops/math/compare.ts';
import { rightShift } from '../ops/math/shifts.ts';
import { logsumexp, sum } from '../ops/reduce/reduce.ts';
import { expandDims, reshape } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { freeEnergyOf, type Harmonium, visibleInput } from './harmonium.ts';
import { logSumExp } from './log-sum-exp.ts';

/** Units whose states are still enumerated: a million states. */
const MOST_UNITS = 20;

/** States of one block, as a power of 2. */
const BLOCK_BITS = 11;

/** Which layers consist of binary units without groups, so that their states can be counted through. */
export interface Enumerable {
  readonly visible: boolean;
  readonly hidden: boolean;
}

/**
 * log Z by going through all states of the smaller layer that can be enumerated.
 * @throws AntlerValueError if both are too large
 */
export async function exactLogPartition(
  machine: Harmonium,
  enumerable: Enumerable,
  where: string,
): Promise<number> {
  const sizes = { visible: at(machine.visibleBias.shape, 0), hidden: at(machine.hiddenBias.shape, 0) };
  const sides = (['hidden', 'visible'] as const).filter((side) => enumerable[side]);
  const side = sides.reduce((a, b) => (sizes[b] < sizes[a] ? b : a), sides[0] ?? 'hidden');
  const units = sizes[side];
  if (sides.length === 0 || units > MOST_UNITS) throw tooLarge(units, where);
  const score = side === 'hidden' ? hiddenScore : visibleScore;
  const blockBits = Math.min(BLOCK_BITS, units);
  const block = jit((first: Tensor) => logsumexp(score(machine, states(first, blockBits, units))));
  const blocks = Float64Array.from({ length: 2 ** (units - blockBits) }, (_, i) =>
    block(scalar(i * 2 ** blockBits, 'int32')).itemSync(),
  );
  return logSumExp(blocks);
}

/** Rows `first` .. of the table of all states: their binary digits, [2^bits, units]. */
function states(first: Tensor, bits: number, units: number): Tensor {
  const numbers = expandDims(add(arange(2 ** bits), first), 1);
  return cast(bitwiseAnd(rightShift(numbers, reshape(arange(units), [1, units])), 1), 'float32');
}

/** log of the sum over v of e^-E(v, h), [batch]. */
function hiddenScore(machine: Harmonium, hidden: Tensor): Tensor {
  const linear = sum(mul(hidden, machine.hiddenBias.read()), -1);
  return add(linear, machine.visibleLayer.logPartition(visibleInput(machine, hidden)));
}

/** log of the sum over h of e^-E(v, h), [batch]. */
function visibleScore(machine: Harmonium, visible: Tensor): Tensor {
  return neg(freeEnergyOf(machine, visible));
}

function tooLarge(units: number, where: string): AntlerValueError {
  return new AntlerValueError({
    where,
    expected: `a layer of at most ${MOST_UNITS} binary units to enumerate`,
    got: `${units} units`,
    fix: 'estimate it with estimateLogPartition()',
  });
}

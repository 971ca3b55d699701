import { k } from '../../graph/kernel/expr.ts';
import { unary } from '../define.ts';

/** The largest integer not above x. */
export const floor = unary({
  name: 'floor',
  accepts: 'float',
  reference: (x = 0) => Math.floor(x),
  gradient: () => null,
  lower: (x) => k.floor(x),
});

/** The smallest integer not below x. */
export const ceil = unary({
  name: 'ceil',
  accepts: 'float',
  reference: (x = 0) => Math.ceil(x),
  gradient: () => null,
  lower: (x) => k.ceil(x),
});

/** The nearest integer, ties to even, as NumPy. */
export const round = unary({
  name: 'round',
  accepts: 'float',
  reference: (x = 0) => roundHalfEven(x),
  gradient: () => null,
  lower: (x) => k.nearest(x),
});

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return Math.round(x);
  if (down === -1) return -0;
  return down % 2 === 0 ? down : down + 1;
}

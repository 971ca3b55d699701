import { type Expr, k } from '../../graph/kernel/expr.ts';
import { binary } from '../define.ts';

const BITS = 32;

/**
 * Shifts by a number of places that differs from element to element: a step for each bit of the count, since vector code
 * knows one count for all lanes only. `beyond` is the result for counts outside [0, 31].
 */
function lowerShift(x: Expr, count: Expr, step: (x: Expr, places: Expr) => Expr, beyond: Expr): Expr {
  const shifted = [1, 2, 4, 8, 16].reduce((value, places) => {
    const applies = k.ne(k.and(count, k.int(places)), k.int(0));
    return k.select(applies, step(value, k.int(places)), value);
  }, x);
  const inside = k.and(k.le(k.int(0), count), k.lt(count, k.int(BITS)));
  return k.select(inside, shifted, beyond);
}

const isInside = (count: number) => count >= 0 && count < BITS;

/** a moved b bits to the left, low zeros coming in; 0 for b outside [0, 31]. */
export const shiftLeft = binary({
  name: 'shiftLeft',
  accepts: 'integer',
  reference: (a = 0, b = 0) => (isInside(b) ? a << b : 0),
  gradient: () => null,
  lower: (a, b) => lowerShift(a, b, k.shiftLeft, k.int(0)),
});

/** a moved b bits to the right, copies of the sign coming in; -1 or 0 by the sign for b outside [0, 31]. */
export const shiftRight = binary({
  name: 'shiftRight',
  accepts: 'integer',
  reference: (a = 0, b = 0) => a >> (isInside(b) ? b : BITS - 1),
  gradient: () => null,
  lower: (a, b) => lowerShift(a, b, k.shiftRight, k.shiftRight(a, k.int(BITS - 1))),
});

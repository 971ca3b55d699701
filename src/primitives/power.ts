import { type Expr, k } from '../graph/kernel/expr.ts';
import { full, mul, select, sub } from './arithmetic.ts';
import { eq } from './compare.ts';
import { binary } from './define.ts';
import { lowerExp, lowerLog, log } from './exponential.ts';

/** a^b for a > 0 by logarithms, with the sign and the special cases of C99 pow for the rest. */
function lowerPower(a: Expr, b: Expr): Expr {
  const zero = k.like(a, 0);
  const one = k.like(a, 1);
  const half = k.mul(b, k.like(b, 0.5));
  const isOdd = k.and(k.eq(k.floor(b), b), k.ne(k.floor(half), half));
  const magnitude = lowerExp(k.mul(b, lowerLog(k.abs(a))));
  const signed = k.select(k.and(k.lt(a, zero), isOdd), k.neg(magnitude), magnitude);
  const real = k.select(k.and(k.lt(a, zero), k.ne(k.floor(b), b)), k.like(a, NaN), signed);
  return k.select(k.eq(b, zero), one, k.select(k.eq(a, one), one, real));
}

/** a to the power of b. 1 where b is 0; NaN for negative a and fractional b. Relative error grows with |b log a|. */
export const pow = binary({
  name: 'pow',
  accepts: 'float',
  reference: (a = 0, b = 0) => (a === 1 ? 1 : a ** b),
  gradient: ({ a, b, output, cotangent }) => {
    const zero = full(a, 0);
    const slope = () => mul(b, pow(a, sub(b, full(b, 1))));
    return [
      () => mul(cotangent, select(eq(b, zero), zero, slope())),
      () => mul(cotangent, select(eq(output, zero), zero, mul(output, log(a)))),
    ];
  },
  lower: lowerPower,
});

/** log of the sum of e^x, in double precision. */
export function logSumExp(values: ArrayLike<number>): number {
  const list = Array.from(values);
  const largest = list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return largest + Math.log(list.reduce((total, value) => total + Math.exp(value - largest), 0));
}

/**
 * Solves A x = b by Cholesky's factors; for a handful of unknowns.
 * @param a [n, n], of which the lower triangle is read
 * @returns undefined unless A is positive definite
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const lower = a.slice();
  const x = b.slice();
  const entry = (i: number, j: number) => lower[i * n + j] as number;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = entry(i, j);
      for (let k = 0; k < j; k++) rest -= entry(i, k) * entry(j, k);
      if (i === j && !(rest > 0)) return undefined;
      lower[i * n + j] = i === j ? Math.sqrt(rest) : rest / entry(j, j);
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - entry(i, k) * (x[k] as number);
    x[i] = (x[i] as number) / entry(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - entry(k, i) * (x[k] as number);
    x[i] = (x[i] as number) / entry(i, i);
  }
  return x;
}

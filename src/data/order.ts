/** The order 0 .. count - 1. */
export function naturalOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

/**
 * Runs in a worker thread: a dataset's map function.
 * @param {[number[], number]} example
 */
export function double([x, y]) {
  return [x.map((value) => 2 * value), y];
}

/** Runs in a worker thread: a dataset's map function. */
export function double([x, y]) {
  return [x.map((value) => 2 * value), y];
}

/** Tells a promise from a value: waiting for every value would cost more than most mapping functions. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}

import type { Tensor } from './tensor.ts';
import type { Variable } from './variable.ts';

/** What a traced function does to variables: values read before any write, and the last value written. */
export interface Trace {
  readonly reads: Map<Variable, Tensor>;
  readonly writes: Map<Variable, Tensor>;
}

let current: Trace | undefined;
let gradientDepth = 0;

/** The trace of the function being compiled, if one is. */
export function currentTrace(): Trace | undefined {
  return current;
}

/** Runs `body` with reads and writes of variables recorded in `trace`. */
export function withTrace<T>(trace: Trace, body: () => T): T {
  const outer = current;
  current = trace;
  try {
    return body();
  } finally {
    current = outer;
  }
}

/** Whether computed values must remember how they came about, because a gradient may still ask. */
export function keepsHistory(): boolean {
  return gradientDepth > 0;
}

/** Runs `body` so that values looked at inside still have gradients. */
export function withHistory<T>(body: () => T): T {
  gradientDepth++;
  try {
    return body();
  } finally {
    gradientDepth--;
  }
}

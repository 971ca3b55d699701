import type { Mask } from './masks.ts';

/** How a layer is called. Names beside these two are arguments of the layer's own, e.g. `useCausalMask`. */
export interface CallOptions {
  /**
   * Whether this is a step of training, where dropout drops. Default what the layer around is called with, or
   * false.
   */
  readonly training?: boolean | undefined;
  /**
   * Which steps count, bool [batch, time]; a list for several inputs. Default what the layers before gave the
   * inputs.
   */
  readonly mask?: Mask | readonly Mask[];
  readonly [argument: string]: unknown;
}

/** What `call` is told beside its inputs. */
export interface CallContext {
  readonly training: boolean;
  /** Mask of the first input. */
  readonly mask: Mask;
  /** Masks of all inputs, in order. */
  readonly masks: readonly Mask[];
  /** The layer's own arguments (`callArguments`) that the caller gave. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

let trainingAround = false;
let callsAround = 0;

/** Whether the layer whose `call` is running was called in training. */
export function isTrainingAround(): boolean {
  return trainingAround;
}

/** Whether the `call` of a layer is running. */
export function isInsideCall(): boolean {
  return callsAround > 0;
}

/** Runs `body` so that layers called inside are in training too, or are not. */
export function withTraining<T>(training: boolean, body: () => T): T {
  const outer = trainingAround;
  trainingAround = training;
  callsAround++;
  try {
    return body();
  } finally {
    callsAround--;
    trainingAround = outer;
  }
}

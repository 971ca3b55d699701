import type { Tensor } from '../tensor/tensor.ts';
import { currentTrace, type Trace } from '../tensor/trace.ts';
import { isProbing } from './trace-shape.ts';

/** What the calls of one layer add to the loss. What one trace added is of no use outside of it. */
export class CallLosses {
  #trace: Trace | undefined;
  #losses: Tensor[] = [];

  /** Adds a scalar, unless the call is for the sake of shapes alone. */
  add(loss: Tensor): void {
    if (isProbing()) return;
    if (this.#trace !== currentTrace()) this.clear();
    this.#trace = currentTrace();
    this.#losses.push(loss);
  }

  /** What was added since `clear`. */
  get present(): readonly Tensor[] {
    return this.#trace === currentTrace() ? this.#losses : [];
  }

  clear(): void {
    this.#losses = [];
  }
}

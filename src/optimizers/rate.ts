import { scalar } from '../ops/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { currentTrace } from '../tensor/trace.ts';
import { Variable } from '../tensor/variable.ts';
import { type DType, roundTo } from '../util/dtypes.ts';
import { AntlerValueError } from '../util/errors.ts';
import type { LearningRate } from './schedules/schedule.ts';

/** The learning rate of an optimizer: a variable of compiled steps, so another rate needs no new program. */
export class RateCell {
  #variable: Variable;
  readonly #where: string;
  #source: LearningRate;
  /** The rate in double precision, and the tensor that holds it rounded. */
  #rate: number;
  #held: Tensor;

  /** @throws AntlerValueError for a rate that is negative or not finite */
  constructor(source: LearningRate, where: string) {
    this.#where = where;
    this.#source = source;
    this.#rate = this.#rateAt(0);
    this.#held = scalar(this.#rate);
    this.#variable = heldIn(this.#held);
  }

  get variable(): Variable {
    return this.#variable;
  }

  /** Rounds the rate to another dtype from now on; steps that were compiled before do not follow. */
  hold(dtype: DType): void {
    if (dtype === this.#variable.dtype) return;
    this.#held = scalar(this.current, dtype);
    this.#variable = heldIn(this.#held);
  }

  /** The rate of the coming step. */
  get current(): number {
    if (!currentTrace()) this.#follow();
    return this.#rate;
  }

  /** The schedule, or the rate where there is none. */
  get source(): LearningRate {
    return typeof this.#source === 'function' ? this.#source : this.current;
  }

  /**
   * Takes another rate or schedule from the coming step on. The present rate, which a restored training gives
   * in double precision, leaves a schedule as it is.
   */
  replace(source: LearningRate, step: number): void {
    const isPresent = typeof source === 'number' && this.#rounded(source) === this.#rounded(this.current);
    const before = this.#source;
    if (!isPresent || typeof before === 'number') this.#source = source;
    try {
      this.#assign(isPresent ? source : this.#rateAt(step));
    } catch (error) {
      this.#source = before;
      throw error;
    }
  }

  /** Sets the rate of the step after `step` others. */
  beginStep(step: number): void {
    if (typeof this.#source !== 'function') return;
    const rate = this.#rateAt(step);
    if (rate !== this.current) this.#assign(rate);
  }

  #assign(rate: number): void {
    this.#rate = rate;
    this.#held = scalar(rate, this.#variable.dtype);
    this.#variable.assign(this.#held);
  }

  /** A restored checkpoint assigns the variable itself. */
  #follow(): void {
    const held = this.#variable.read();
    if (held === this.#held) return;
    const rate = held.itemSync();
    if (rate !== this.#rounded(this.#rate)) this.#rate = rate;
    this.#held = held;
  }

  #rounded(rate: number): number {
    return roundTo(this.#variable.dtype, rate);
  }

  #rateAt(step: number): number {
    const rate = typeof this.#source === 'function' ? this.#source(step) : this.#source;
    if (Number.isFinite(rate) && rate >= 0) return rate;
    throw new AntlerValueError({ where: this.#where, expected: 'a learning rate >= 0', got: `${rate}` });
  }
}

function heldIn(rate: Tensor): Variable {
  return new Variable(rate, { name: 'learning_rate', trainable: false });
}

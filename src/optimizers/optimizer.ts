import { scalar, zerosLike } from '../ops/create.ts';
import { add, cast, div, floorDiv, mod, mul, sub, where } from '../ops/math/arithmetic.ts';
import { equal } from '../ops/math/compare.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { at, invariant } from '../util/errors.ts';
import { nextAverage } from './average.ts';
import { clipGradients } from './clip.ts';
import type { OptimizerConfig } from './options.ts';
import { RateCell } from './rate.ts';
import type { Rule } from './rule.ts';
import type { LearningRate } from './schedules/schedule.ts';
import { type SlotGroup, SlotTable } from './slots.ts';

/** Where a step stands among updates. */
interface Turn {
  /** Updates before, int32 scalar. */
  readonly updates: Tensor;
  /** Whether this step makes one, bool scalar; null where every step does. */
  readonly isDue: Tensor | null;
}

/** The slots of a variable: those of options, and those of the update rule. */
interface Slots {
  readonly average: Variable | undefined;
  readonly accumulator: Variable | undefined;
  readonly own: readonly Variable[];
}

/**
 * Changes variables along their gradients; its whole state is variables, so it becomes part of a compiled
 * step.
 */
export class Optimizer {
  readonly className: string;
  /** How many steps were made, int32: updates, unless gradients are accumulated. */
  readonly iterations = new Variable(scalar(0, 'int32'), { name: 'iteration', trainable: false });
  readonly #config: OptimizerConfig;
  readonly #rule: Rule;
  readonly #rate: RateCell;
  readonly #table: SlotTable;
  readonly #state: readonly Variable[];

  /** Not for users: optimizers come from `sgd(...)`, `adam(...)` and other factories. */
  constructor(className: string, config: OptimizerConfig, rule: Rule) {
    this.className = className;
    this.#config = config;
    this.#rule = rule;
    this.#rate = new RateCell(config.learningRate, className);
    const { useEma, gradientAccumulationSteps } = config;
    const groups: readonly SlotGroup[] = [
      useEma ? ['average'] : [],
      gradientAccumulationSteps === null ? [] : ['gradient_accumulator'],
    ];
    this.#table = new SlotTable((variable) => [...groups, ...rule.slots(variable)]);
    this.#state = rule.state.map(
      ({ name, initial }) => new Variable(scalar(initial), { name, trainable: false }),
    );
  }

  /** The rate of the coming step. */
  get learningRate(): number {
    return this.#rate.current;
  }

  /**
   * Another rate, or a schedule, from the coming step on; a rate other than the present one ends a schedule.
   * Compiled steps stay.
   */
  set learningRate(rate: LearningRate) {
    this.#rate.replace(rate, typeof rate === 'function' ? this.iterations.read().itemSync() : 0);
  }

  /** Options that make an equal optimizer, with the present rate or schedule. */
  getConfig(): OptimizerConfig {
    return { ...this.#config, learningRate: this.#rate.source };
  }

  /**
   * The whole state: iterations, learning rate, then averages, accumulated gradients and slots. In Keras's
   * order, which has no learning rate under a schedule.
   */
  get variables(): readonly Variable[] {
    return [this.iterations, this.#rate.variable, ...this.#table.variables, ...this.#state];
  }

  /** Makes the slots of variables that have none yet. Must come before a step is compiled. */
  build(variables: readonly Variable[]): void {
    this.#rate.hold(variables.some(({ dtype }) => dtype === 'float64') ? 'float64' : 'float32');
    this.#table.build(variables);
  }

  /**
   * Sets the rate for the step after `step` others. Call it before each step; it costs nothing without a
   * schedule.
   */
  beginStep(step: number): void {
    this.#rate.beginStep(step);
  }

  /**
   * One step.
   * @param gradients one for each variable, of its shape
   * @param variables those given to `build`
   */
  apply(gradients: readonly Tensor[], variables: readonly Variable[]): void {
    invariant(gradients.length === variables.length, 'a gradient for each variable');
    const count = this.iterations.read();
    const turn = this.#turnAt(count);
    const means = gradients.map((gradient, i) => this.#accumulate(gradient, at(variables, i), turn));
    this.#update(clipGradients(means, this.#config), variables, turn);
    this.#average(variables, turn);
    for (const variable of variables) {
      if (variable.constraint) variable.assign(variable.constraint(variable.read()));
    }
    this.iterations.assign(add(count, 1));
  }

  /** The moving average of a variable; undefined unless the option `useEma` is set. */
  averageOf(variable: Variable): Variable | undefined {
    return this.#slotsOf(variable).average;
  }

  /** Ends training: variables become their averages, if the option `useEma` is set. `fit` does it. */
  finalizeVariables(): void {
    for (const variable of this.#table.owners) {
      const average = this.averageOf(variable);
      if (average) variable.assign(average.read());
    }
  }

  #turnAt(count: Tensor): Turn {
    const { gradientAccumulationSteps: every } = this.#config;
    if (every === null) return { updates: count, isDue: null };
    return { updates: floorDiv(count, every), isDue: equal(mod(add(count, 1), every), 0) };
  }

  #slotsOf(variable: Variable): Slots {
    const slots = [...this.#table.of(variable)];
    const average = this.#config.useEma ? slots.shift() : undefined;
    const accumulator = this.#config.gradientAccumulationSteps === null ? undefined : slots.shift();
    return { average, accumulator, own: slots };
  }

  /** The mean of the gradients since the last update. */
  #accumulate(gradient: Tensor, variable: Variable, { isDue }: Turn): Tensor {
    const { accumulator } = this.#slotsOf(variable);
    const { gradientAccumulationSteps: every } = this.#config;
    if (!accumulator || !isDue || every === null) return gradient;
    const total = add(gradient, accumulator.read());
    accumulator.assign(where(isDue, zerosLike(total), total));
    return div(total, every);
  }

  #update(gradients: readonly Tensor[], variables: readonly Variable[], turn: Turn): void {
    const learningRate = this.#rate.variable.read();
    const { dtype } = learningRate;
    const step = cast(add(turn.updates, 1), dtype);
    const state = this.#rule.advance({ step, state: this.#state.map((kept) => cast(kept.read(), dtype)) });
    const shared = this.#rule.prepare({ learningRate, step, state });
    gradients.forEach((gradient, i) => {
      const variable = at(variables, i);
      const { own } = this.#slotsOf(variable);
      const inDType = (x: Tensor) => cast(x, variable.dtype);
      const rate = inDType(learningRate);
      const update = this.#rule.update({
        gradient,
        value: this.#decayed(variable, rate),
        slots: own.map((slot) => slot.read()),
        learningRate: rate,
        shared: shared.map(inDType),
      });
      assignIfDue([variable, ...own], [update.value, ...update.slots], turn);
    });
    assignIfDue(
      this.#state,
      state.map((value, i) => cast(value, at(this.#state, i).dtype)),
      turn,
    );
  }

  #decayed(variable: Variable, learningRate: Tensor): Tensor {
    const value = variable.read();
    const decay = this.#rule.decayOf(variable);
    const isExcluded = this.#config.excludeFromWeightDecay.some((text) => variable.name.includes(text));
    return decay === null || isExcluded ? value : sub(value, mul(mul(value, decay), learningRate));
  }

  #average(variables: readonly Variable[], { updates }: Turn): void {
    for (const variable of variables) {
      const { average } = this.#slotsOf(variable);
      if (!average) continue;
      const next = nextAverage(variable.read(), average.read(), updates, this.#config);
      average.assign(next.average);
      variable.assign(next.value);
    }
  }
}

function assignIfDue(variables: readonly Variable[], values: readonly Tensor[], { isDue }: Turn): void {
  variables.forEach((variable, i) => {
    const value = at(values, i);
    variable.assign(isDue ? where(isDue, value, variable.read()) : value);
  });
}

import { add, cast, mul, sub } from '../ops/arithmetic.ts';
import { scalar, zeros } from '../ops/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { AntlerValueError, at, invariant } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type ClipOptions, checkClipping, clipGradients, NO_CLIPPING } from './clip.ts';
import type { LearningRate } from './schedules.ts';

/** Options that every optimizer has. */
export interface OptimizerConfig extends ClipOptions {
  /** A rate, or a function of the step. */
  readonly learningRate: LearningRate;
  /** Before each update, w := w - learningRate * weightDecay * w. Default none. */
  readonly weightDecay: number | null;
}

/** What an update rule sees of one variable. */
export interface UpdateContext<Config> {
  readonly config: Config;
  readonly gradient: Tensor;
  /** The variable, after weight decay. */
  readonly value: Tensor;
  /** The slots in the order of their names. */
  readonly slots: readonly Tensor[];
  /** Scalar. */
  readonly learningRate: Tensor;
  /** What `prepare` made, once for all variables. */
  readonly shared: readonly Tensor[];
}

/** New contents of a variable and its slots. */
export interface Update {
  readonly value: Tensor;
  readonly slots: readonly Tensor[];
}

/** Names of slots that are listed variable by variable. */
type SlotGroup = readonly string[];

interface OptimizerDefinition<Config extends OptimizerConfig> {
  readonly className: string;
  readonly defaults: Config;
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check?(config: Config): void;
  /**
   * Names of the tensors kept beside each variable, which start at zero; those of a group stand together for
   * each variable, the groups one after the other.
   */
  slots(config: Config): readonly SlotGroup[];
  /** Scalars that are the same for all variables; `step` counts from 1 and is a float. */
  prepare?(
    config: Config,
    context: { readonly learningRate: Tensor; readonly step: Tensor },
  ): readonly Tensor[];
  update(context: UpdateContext<Config>): Update;
}

/** Options of a definition's own, with every optimizer's options at their defaults. */
export const OPTIMIZER_DEFAULTS = { weightDecay: null, ...NO_CLIPPING };

/**
 * Changes variables along their gradients; its whole state is variables, so it becomes part of a compiled
 * step.
 */
export class Optimizer {
  readonly className: string;
  readonly config: OptimizerConfig;
  /** How many updates were made, int32. */
  readonly iterations = new Variable(scalar(0, 'int32'), { name: 'iteration', trainable: false });
  readonly #rate: Variable;
  readonly #rule: Rule;
  #slots: ReadonlyMap<Variable, readonly Slot[]> = new Map();
  #currentRate: number;

  /** Not for users: optimizers come from `sgd(...)`, `adam(...)` and other factories. */
  constructor(className: string, config: OptimizerConfig, rule: Rule) {
    this.className = className;
    this.config = config;
    this.#rule = rule;
    this.#currentRate = rateAt(config.learningRate, 0, className);
    this.#rate = new Variable(scalar(this.#currentRate), { name: 'learning_rate', trainable: false });
  }

  /** The rate of the coming update. */
  get learningRate(): number {
    return this.#currentRate;
  }

  /** Changes the rate; under a schedule only until the next step. */
  set learningRate(rate: number) {
    this.#currentRate = requireRate(rate, this.className);
    this.#rate.assign(scalar(rate));
  }

  /** Iterations, learning rate, and the slots: in Keras's order. */
  get variables(): readonly Variable[] {
    const all = [...this.#slots.values()].flat();
    const grouped = this.#rule.slots.flatMap((_, i) => all.filter(({ group }) => group === i));
    return [this.iterations, this.#rate, ...grouped.map(({ variable }) => variable)];
  }

  /** Makes the slots of variables that have none yet. Must come before a step is compiled. */
  build(variables: readonly Variable[]): void {
    const known = this.#slots;
    this.#slots = new Map(
      variables.map((variable) => [variable, known.get(variable) ?? this.#slotsOf(variable)]),
    );
  }

  #slotsOf({ name, shape, dtype }: Variable): Slot[] {
    return this.#rule.slots.flatMap((names, group) =>
      names.map((slot) => ({
        group,
        variable: new Variable(zeros(shape, dtype), { name: `${name}/${slot}`, trainable: false }),
      })),
    );
  }

  /**
   * Sets the rate for the update after `step` others. Call it before each step; it costs nothing without a
   * schedule.
   */
  beginStep(step: number): void {
    if (typeof this.config.learningRate !== 'function') return;
    const rate = rateAt(this.config.learningRate, step, this.className);
    if (rate !== this.#currentRate) this.learningRate = rate;
  }

  /**
   * One update.
   * @param gradients one for each variable, of its shape
   * @param variables those given to `build`
   */
  apply(gradients: readonly Tensor[], variables: readonly Variable[]): void {
    invariant(gradients.length === variables.length, 'a gradient for each variable');
    const learningRate = this.#rate.read();
    const step = cast(add(this.iterations.read(), 1), 'float32');
    const shared = this.#rule.prepare({ learningRate, step });
    clipGradients(gradients, this.config).forEach((gradient, i) => {
      this.#applyOne(at(variables, i), gradient, learningRate, shared);
    });
    this.iterations.assign(add(this.iterations.read(), 1));
  }

  #applyOne(variable: Variable, gradient: Tensor, learningRate: Tensor, shared: readonly Tensor[]): void {
    const slots = this.#slots.get(variable);
    invariant(slots, `${variable.name} is not among the variables the optimizer was built for`);
    const inDType = (x: Tensor) => cast(x, variable.dtype);
    const update = this.#rule.update({
      gradient,
      value: this.#decayed(variable.read(), inDType(learningRate)),
      slots: slots.map((slot) => slot.variable.read()),
      learningRate: inDType(learningRate),
      shared: shared.map(inDType),
    });
    variable.assign(variable.constraint?.(update.value) ?? update.value);
    slots.forEach((slot, i) => {
      slot.variable.assign(at(update.slots, i));
    });
  }

  #decayed(value: Tensor, learningRate: Tensor): Tensor {
    const { weightDecay } = this.config;
    return weightDecay === null ? value : sub(value, mul(mul(value, weightDecay), learningRate));
  }
}

/** A tensor kept beside a variable. */
interface Slot {
  readonly group: number;
  readonly variable: Variable;
}

/** A definition with its configuration bound. */
interface Rule {
  readonly slots: readonly SlotGroup[];
  prepare(context: { readonly learningRate: Tensor; readonly step: Tensor }): readonly Tensor[];
  update(context: Omit<UpdateContext<never>, 'config'>): Update;
}

/** Makes the factory of an optimizer from its update rule. */
export function defineOptimizer<Config extends OptimizerConfig>(
  definition: OptimizerDefinition<Config>,
): (options?: Partial<Config>) => Optimizer {
  const { className, defaults } = definition;
  return (options = {}) => {
    requireKnownOptions(options, Object.keys(defaults), className);
    const config = { ...defaults, ...options };
    checkClipping(config, className);
    definition.check?.(config);
    return new Optimizer(className, config, {
      slots: definition.slots(config),
      prepare: (context) => definition.prepare?.(config, context) ?? [],
      update: (context) => definition.update({ ...context, config }),
    });
  };
}

function rateAt(rate: LearningRate, step: number, where: string): number {
  return requireRate(typeof rate === 'function' ? rate(step) : rate, where);
}

function requireRate(rate: number, where: string): number {
  if (Number.isFinite(rate) && rate >= 0) return rate;
  throw new AntlerValueError({ where, expected: 'a learning rate >= 0', got: `${rate}` });
}

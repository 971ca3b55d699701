import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Optimizer } from './optimizer.ts';
import { checkOptions, type OptimizerConfig } from './options.ts';
import type { SharedContext, StateSpec, StepContext, Update, UpdateContext } from './rule.ts';
import type { SlotGroup } from './slots.ts';

interface OptimizerDefinition<Config extends OptimizerConfig> {
  readonly className: string;
  readonly defaults: Config;
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check?(config: Config): void;
  /** The tensors kept beside a variable. */
  slots(config: Config, variable: Variable): readonly SlotGroup[];
  /** Scalars kept for all variables together. */
  readonly state?: readonly StateSpec[];
  /** Their values after an update. */
  advance?(config: Config, context: StepContext): readonly Tensor[];
  /** Scalars that an update computes once for all variables. */
  prepare?(config: Config, context: SharedContext): readonly Tensor[];
  /** The decay of one variable, where it is not simply `weightDecay`. */
  decayOf?(config: Config, variable: Variable): number | null;
  update(context: UpdateContext<Config>): Update;
}

/** Makes the factory of an optimizer from its update rule. */
export function defineOptimizer<Config extends OptimizerConfig>(
  definition: OptimizerDefinition<Config>,
): (options?: Partial<Config>) => Optimizer {
  const { className, defaults, state = [] } = definition;
  return (options = {}) => {
    requireKnownOptions(options, Object.keys(defaults), className);
    const config = { ...defaults, ...options };
    checkOptions(config, defaults, className);
    definition.check?.(config);
    return new Optimizer(className, config, {
      state,
      slots: (variable) => definition.slots(config, variable),
      advance: (context) => definition.advance?.(config, context) ?? [],
      prepare: (context) => definition.prepare?.(config, context) ?? [],
      decayOf: (variable) => (definition.decayOf ? definition.decayOf(config, variable) : config.weightDecay),
      update: (context) => definition.update({ ...context, config }),
    });
  };
}

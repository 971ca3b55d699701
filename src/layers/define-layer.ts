import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { BatchShape } from './batch-shape.ts';
import { type InputLayout, requireLastAxis, requireLayout } from './input-layout.ts';
import { type CallContext, Layer } from './layer.ts';
import { LAYER_OPTION_NAMES, type LayerConfig, type LayerOptions } from './layer-options.ts';
import type { WeightFactory } from './layer-weights.ts';
import { factoryName } from './names.ts';
import type { SeedGenerator } from './seed-generator.ts';

/**
 * What `build` makes, by name: weights, random streams, or undefined for what the configuration leaves out.
 */
export type LayerState = Readonly<Record<string, Variable | SeedGenerator | undefined>>;

type ValueOf<T> = T extends Variable ? Tensor : T;

/** What `call` sees of its layer: weights as tensors under their names. */
export type LayerView<Config, State> = { readonly [Name in keyof State]: ValueOf<State[Name]> } & {
  readonly config: Config;
  /** The weights as variables, for layers that assign them. */
  readonly variables: State;
  /** Whether training may change the weights. */
  readonly trainable: boolean;
};

/** A kind of layer. */
export interface LayerDefinition<Config extends object, Defaults, State extends LayerState> {
  /** Keras's name of the class, e.g. `Conv2D`. */
  readonly type: string;
  /** Names of the options that have no default. */
  readonly required?: readonly string[];
  readonly defaults: Defaults & Partial<NoInfer<Config>>;
  /** Names of the axes it takes; default any shape. */
  readonly input?: InputLayout;
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check?(config: Config, where: string): void;
  /** Makes the weights for inputs of a shape, in Keras's order. */
  build?(config: Config, input: BatchShape, weights: WeightFactory): State;
  /** The formula, in tensors. */
  call(layer: LayerView<Config, State>, x: Tensor, context: CallContext): Tensor;
}

/** Options of a layer: its own ones, of which those with a default may be left out, and every layer's. */
export type OptionsOf<Config, Defaults> = Omit<Config, keyof Defaults> &
  Partial<Pick<Config, keyof Config & keyof Defaults>> &
  LayerOptions;

/** Makes a layer; no argument is needed where all options have defaults. */
export type LayerFactory<Options> = object extends Options
  ? (options?: Options) => Layer
  : (options: Options) => Layer;

/**
 * Makes the factory of a kind of layer from its definition: options, weights and formula. The built-in layers
 * are made so. For a layer with inner layers, subclass `Layer`.
 */
export function defineLayer<Config extends object, const Defaults, State extends LayerState>(
  definition: LayerDefinition<Config, Defaults, State>,
): LayerFactory<OptionsOf<Config, Defaults>> {
  const make = (options: object = {}): Layer => {
    const [base, own] = separate(options);
    const config = completeConfig(definition as unknown as Described, own);
    return new DefinedLayer(
      definition as unknown as LayerDefinition<object, object, LayerState>,
      config,
      base,
    );
  };
  return make as LayerFactory<OptionsOf<Config, Defaults>>;
}

/** The parts of a definition that options are checked against. */
interface Described {
  readonly type: string;
  readonly required?: readonly string[];
  readonly defaults: object;
  check?(config: object, where: string): void;
}

/** Every layer's options apart from the kind's own; one given as undefined counts as not given. */
function separate(options: object): [base: LayerOptions, own: object] {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const isBase = ([name]: [string, unknown]) => (LAYER_OPTION_NAMES as readonly string[]).includes(name);
  return [
    Object.fromEntries(given.filter(isBase)),
    Object.fromEntries(given.filter((entry) => !isBase(entry))),
  ];
}

function completeConfig({ type, required = [], defaults, check }: Described, own: object): object {
  const where = factoryName(type);
  const names = [...required, ...Object.keys(defaults)];
  requireKnownOptions(own, [...names, ...LAYER_OPTION_NAMES], where);
  const missing = required.find((name) => !Object.hasOwn(own, name));
  if (missing !== undefined) {
    throw new AntlerValueError({ where, expected: `the option ${missing}`, got: 'none' });
  }
  const config = { ...defaults, ...own };
  check?.(config, where);
  return config;
}

class DefinedLayer extends Layer {
  readonly #definition: LayerDefinition<object, object, LayerState>;
  readonly #config: object;
  #state: LayerState = {};

  constructor(
    definition: LayerDefinition<object, object, LayerState>,
    config: object,
    options: LayerOptions,
  ) {
    super(definition.type, options);
    this.#definition = definition;
    this.#config = config;
  }

  override build(inputShape: BatchShape): void {
    if (this.built) return;
    this.inScope(() => {
      this.#requireLayout(inputShape);
      this.#state = this.#definition.build?.(this.#config, inputShape, this.ownWeights) ?? {};
    });
    super.build(inputShape);
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const values = Object.entries(this.#state).map(([name, item]) => [name, present(item)] as const);
    const view = {
      ...Object.fromEntries(values),
      config: this.#config,
      variables: this.#state,
      trainable: this.trainable,
    };
    return this.#definition.call(view as LayerView<object, LayerState>, x, context);
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...this.#config };
  }

  protected override checkInput(shape: BatchShape): void {
    this.#requireLayout(shape);
    const { builtShape } = this;
    if (builtShape && this.weights.length > 0) requireLastAxis(shape, builtShape, 'input');
  }

  #requireLayout(shape: BatchShape): void {
    const { input } = this.#definition;
    if (input !== undefined) requireLayout(shape, input, 'input');
  }
}

function present(item: LayerState[string]): Tensor | SeedGenerator | undefined {
  return item instanceof Variable ? item.read() : item;
}

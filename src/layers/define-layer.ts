import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type BatchShape, isOneShape } from './batch-shape.ts';
import type { CallContext } from './call.ts';
import type { FloatDType } from './dtype-policy.ts';
import { type InputLayout, requireFeatures, requireLayout } from './input-layout.ts';
import type { Arity } from './inputs.ts';
import { type AnyLayer, type InputDType, Layer } from './layer.ts';
import { plainConfig } from './layer-config.ts';
import { LAYER_OPTION_NAMES, type LayerConfig, type LayerOptions } from './layer-options.ts';
import type { WeightFactory } from './layer-weights.ts';
import type { Mask } from './masks.ts';
import { factoryName } from './names.ts';
import type { SeedGenerator } from './seed-generator.ts';
import { partsOf, type Several } from './several.ts';

/**
 * What `build` makes, by name: weights, random streams, or undefined for what the configuration leaves out.
 */
export type LayerState = Readonly<Record<string, Variable | SeedGenerator | undefined>>;

type ValueOf<T> = T extends Variable ? Tensor : T;

/** What `call` sees of its layer: weights as tensors under their names. */
export type LayerView<Config, State> = { readonly [Name in keyof State]: ValueOf<State[Name]> } & {
  readonly config: Config;
  /** Float type of results, and of weights as they come here. */
  readonly dtype: FloatDType;
  /** The weights as variables, for layers that assign them. */
  readonly variables: State;
  /** Whether training may change the weights. */
  readonly trainable: boolean;
  /** Adds a scalar to the loss of the models around. */
  readonly addLoss: (loss: Tensor) => void;
};

/** What is said of a layer beside its weights and its formula. */
interface LayerTraits<Config extends object, Defaults> {
  /** Keras's name of the class, e.g. `Conv2D`. */
  readonly type: string;
  /** Names of the options that have no default. */
  readonly required?: readonly string[];
  readonly defaults: Defaults & Partial<NoInfer<Config>>;
  /** Names of the axes that the (first) input has; default any shape. */
  readonly input?: InputLayout;
  /**
   * What becomes of inputs: `float` (default) converts them to the layer's dtype, `integer` to int32, `any` only
   * floats and lets integers be.
   */
  readonly inputDType?: InputDType;
  /** Whether the mask of the input is the mask of the result, or what `computeMask` makes of it. Default false. */
  readonly supportsMasking?: boolean;
  /** Names of arguments that `apply` takes beside `training` and `mask`; `call` finds them in `context.arguments`. */
  readonly callArguments?: readonly string[];
  /** The axes of the (first) input whose extents the weights fit; default the last, where there are weights. */
  featureAxes?(config: Config, rank: number): readonly number[];
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check?(config: Config, where: string): void;
  /** Masks of the results, where `supportsMasking`; default the first input's. */
  computeMask?(config: Config, inputs: readonly Tensor[], masks: readonly Mask[]): Mask | readonly Mask[];
}

/** A kind of layer of one input. */
export interface LayerDefinition<
  Config extends object,
  Defaults,
  State extends LayerState,
  Result extends Several<Tensor> = Tensor,
> extends LayerTraits<Config, Defaults> {
  /** Makes the weights for inputs of a shape, in Keras's order. */
  build?(config: Config, input: BatchShape, weights: WeightFactory): State;
  /** The formula, in tensors. */
  call(layer: LayerView<Config, State>, x: Tensor, context: CallContext): Result;
}

/** A kind of layer of several inputs. */
export interface MultiLayerDefinition<
  Config extends object,
  Defaults,
  State extends LayerState,
  Result extends Several<Tensor> = Tensor,
> extends LayerTraits<Config, Defaults> {
  /** How the inputs come; `call` gets a list in either case. */
  readonly inputs: 'several' | 'oneOrSeveral';
  /** Makes the weights for inputs of these shapes, in Keras's order. */
  build?(config: Config, inputs: readonly BatchShape[], weights: WeightFactory): State;
  /** The formula, in tensors. */
  call(layer: LayerView<Config, State>, inputs: readonly Tensor[], context: CallContext): Result;
}

/** Options of a layer: its own ones, of which those with a default may be left out, and every layer's. */
export type OptionsOf<Config, Defaults> = Omit<Config, keyof Defaults> &
  Partial<Pick<Config, keyof Config & keyof Defaults>> &
  LayerOptions;

/** Makes a layer; no argument is needed where all options have defaults. */
export type LayerFactory<Options, Result extends Several<Tensor> = Tensor> = object extends Options
  ? (options?: Options) => Layer<Result>
  : (options: Options) => Layer<Result>;

/**
 * Makes the factory of a kind of layer from its definition: options, weights and formula. The built-in layers
 * are made so. For a layer with inner layers, subclass `Layer`.
 */
export function defineLayer<
  Config extends object,
  const Defaults,
  State extends LayerState,
  Result extends Several<Tensor> = Tensor,
>(
  definition: LayerDefinition<Config, Defaults, State, Result>,
): LayerFactory<OptionsOf<Config, Defaults>, Result> {
  return factoryOf(definition as unknown as GeneralDefinition) as never;
}

/** `defineLayer` for a layer of several inputs. */
export function defineMultiLayer<
  Config extends object,
  const Defaults,
  State extends LayerState,
  Result extends Several<Tensor> = Tensor,
>(
  definition: MultiLayerDefinition<Config, Defaults, State, Result>,
): LayerFactory<OptionsOf<Config, Defaults>, Result> {
  return factoryOf(definition as unknown as GeneralDefinition) as never;
}

/** A definition of which nothing is known but what all have in common. */
interface GeneralDefinition extends LayerTraits<object, object> {
  readonly inputs?: 'several' | 'oneOrSeveral';
  build?(config: object, input: Several<BatchShape>, weights: WeightFactory): LayerState;
  call(layer: LayerView<object, LayerState>, x: Several<Tensor>, context: CallContext): Several<Tensor>;
}

function factoryOf(definition: GeneralDefinition): (options?: object) => AnyLayer {
  return (options = {}) => {
    const [base, own] = separate(options);
    return new DefinedLayer(definition, completeConfig(definition, own), base);
  };
}

/** Every layer's options apart from the kind's own; one given as undefined counts as not given. */
export function separate(options: object): [base: LayerOptions, own: object] {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const isBase = ([name]: [string, unknown]) => (LAYER_OPTION_NAMES as readonly string[]).includes(name);
  return [
    Object.fromEntries(given.filter(isBase)),
    Object.fromEntries(given.filter((entry) => !isBase(entry))),
  ];
}

/** What a kind of layer says of its options. */
export type OptionRules = Pick<GeneralDefinition, 'type' | 'required' | 'defaults' | 'check'>;

/** The options with their defaults. @throws AntlerValueError for those that are unknown, missing, or refused */
export function completeConfig({ type, required = [], defaults, check }: OptionRules, own: object): object {
  const where = factoryName(type);
  const names = [...required, ...Object.keys(defaults)];
  requireKnownOptions(own, [...names, ...LAYER_OPTION_NAMES], where);
  const missing = required.find((name) => !Object.hasOwn(own, name));
  if (missing !== undefined) {
    const fix = `write ${where}({ ${missing}: ... })`;
    throw new AntlerValueError({ where, expected: `the option ${missing}`, got: 'none', fix });
  }
  const config = { ...defaults, ...own };
  check?.(config, where);
  return config;
}

class DefinedLayer extends Layer<Several<Tensor>> {
  readonly #definition: GeneralDefinition;
  readonly #config: object;
  #state: LayerState = {};

  constructor(definition: GeneralDefinition, config: object, options: LayerOptions) {
    super(definition.type, options);
    this.#definition = definition;
    this.#config = config;
  }

  override get arity(): Arity {
    return this.#definition.inputs ?? 'one';
  }

  override get inputDType(): InputDType {
    return this.#definition.inputDType ?? 'float';
  }

  override get supportsMasking(): boolean {
    return this.#definition.supportsMasking ?? false;
  }

  override get callArguments(): readonly string[] {
    return this.#definition.callArguments ?? [];
  }

  override computeMask(inputs: readonly Tensor[], masks: readonly Mask[]): Mask | readonly Mask[] {
    const { computeMask } = this.#definition;
    return computeMask ? computeMask(this.#config, inputs, masks) : super.computeMask(inputs, masks);
  }

  override build(inputShape: Several<BatchShape>): void {
    if (this.built) return;
    this.inScope(() => {
      const shapes = this.arrange(partsOf(inputShape, isOneShape));
      this.#requireLayout(shapes.items[0]);
      const input = shapes.rebuild(shapes.items);
      this.#state = this.#definition.build?.(this.#config, input, this.ownWeights) ?? {};
    });
    super.build(inputShape);
  }

  override call(inputs: Several<Tensor>, context: CallContext): Several<Tensor> {
    const values = Object.entries(this.#state).map(([name, item]) => [name, present(item)] as const);
    const view = {
      ...Object.fromEntries(values),
      config: this.#config,
      dtype: this.computeDtype,
      variables: this.#state,
      trainable: this.trainable,
      addLoss: (loss: Tensor) => this.addLoss(loss),
    };
    return this.#definition.call(view as LayerView<object, LayerState>, inputs, context);
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...plainConfig(this.#config, `${this.label}.getConfig`) };
  }

  protected override checkInput(inputShape: Several<BatchShape>): void {
    const shape = firstShape(inputShape);
    this.#requireLayout(shape);
    const built = this.builtShape && firstShape(this.builtShape);
    if (!shape || !built) return;
    for (const axis of this.#featureAxes(shape.length)) requireFeatures(shape, built, 'input', axis);
  }

  #featureAxes(rank: number): readonly number[] {
    // the last axis of indices is a length, not a number of features
    if (this.inputDType === 'integer' || this.ownWeights.weights.length === 0) return [];
    return this.#definition.featureAxes?.(this.#config, rank) ?? [-1];
  }

  #requireLayout(shape: BatchShape | undefined): void {
    const { input } = this.#definition;
    if (input !== undefined && shape) requireLayout(shape, input, 'input');
  }
}

function firstShape(shapes: Several<BatchShape>): BatchShape | undefined {
  return partsOf(shapes, isOneShape).items[0];
}

function present(item: LayerState[string]): Tensor | SeedGenerator | undefined {
  return item instanceof Variable ? item.read() : item;
}

import { currentScope, withScope } from '../graph/scope.ts';
import type { InitializerLike } from '../initializers/resolve.ts';
import { add, cast } from '../ops/arithmetic.ts';
import { type TensorLike, toTensor } from '../ops/convert.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { type Shape, sizeOf } from '../util/shapes.ts';
import type { BatchShape } from './batch-shape.ts';
import { atLayer } from './error-place.ts';
import { type LayerConfig, type LayerOptions, requireLayerOptions } from './layer-options.ts';
import { LayerWeights, type Place, type WeightOptions } from './layer-weights.ts';
import { factoryName, snakeCase, uniqueName } from './names.ts';
import { traceOutputShape } from './trace-shape.ts';

/** How a layer is called. */
export interface CallOptions {
  /** Whether this is a step of training, where dropout drops. Default false. */
  readonly training?: boolean;
}

/** What `call` is told beside its input. */
export interface CallContext {
  readonly training: boolean;
}

/**
 * A function of a tensor with weights of its own.
 *
 * Subclasses make their weights in `build` with `addWeight`, compute in `call`, and pass inner layers through
 * `track`. Users call `apply`, which builds the layer at first, checks, and names it in errors.
 */
export abstract class Layer {
  /** Keras's name of the class. */
  readonly type: string;
  /** Float type of weights and results. */
  readonly dtype: 'float32' | 'float64';
  /** Whether training may change the weights. */
  trainable: boolean;
  /** The input shape given as an option, batch axis included. */
  readonly givenInputShape: BatchShape | undefined;
  /** Whether the user chose the name. */
  readonly isNamed: boolean;
  #name: string;
  #place: Place = { prefix: '', seed: 0 };
  readonly #ownSeed: number | undefined;
  #own: LayerWeights | undefined;
  #builtFor: BatchShape | undefined;
  #isInScope = false;
  readonly #inner: Layer[] = [];

  constructor(type: string, options: LayerOptions = {}) {
    requireLayerOptions(options, factoryName(type));
    this.type = type;
    this.dtype = options.dtype ?? 'float32';
    this.trainable = options.trainable ?? true;
    this.givenInputShape = options.inputShape && [null, ...options.inputShape];
    this.isNamed = options.name !== undefined;
    this.#name = options.name ?? snakeCase(type);
    this.#ownSeed = options.seed;
  }

  /** Makes the weights for inputs of a shape. The batch axis may be null. A subclass calls `super.build`. */
  build(inputShape: BatchShape): void {
    this.#builtFor = inputShape;
  }

  /** The formula. Called by `apply`. */
  abstract call(x: Tensor, context: CallContext): Tensor;

  /** The options that make an equal layer. */
  getConfig(): LayerConfig {
    return { name: this.name, trainable: this.trainable, dtype: this.dtype };
  }

  get name(): string {
    return this.#name;
  }

  /** Name and kind, for messages: `conv2 (conv2d)`. */
  get label(): string {
    return `${this.#name} (${factoryName(this.type)})`;
  }

  get built(): boolean {
    this.prepare();
    return this.#builtFor !== undefined;
  }

  /** The shape it was built for. */
  get builtShape(): BatchShape | undefined {
    this.prepare();
    return this.#builtFor;
  }

  /** Own weights, then those of inner layers; as Keras orders them. */
  get weights(): readonly Variable[] {
    this.prepare();
    return [...(this.#own?.weights ?? []), ...this.innerLayers.flatMap((layer) => layer.weights)];
  }

  /** Weights that training changes. */
  get trainableWeights(): readonly Variable[] {
    this.prepare();
    if (!this.trainable) return [];
    const own = (this.#own?.weights ?? []).filter((weight) => weight.trainable);
    return [...own, ...this.innerLayers.flatMap((layer) => layer.trainableWeights)];
  }

  /** Weights that training leaves alone. */
  get nonTrainableWeights(): readonly Variable[] {
    const trained = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trained.has(weight));
  }

  /** States of the random streams, own and inner ones. They are not weights but part of a checkpoint. */
  get seedStates(): readonly Variable[] {
    this.prepare();
    const own = (this.#own?.generators ?? []).map((generator) => generator.state);
    return [...own, ...this.innerLayers.flatMap((layer) => layer.seedStates)];
  }

  /** Layers inside this one. */
  get innerLayers(): readonly Layer[] {
    return this.#inner;
  }

  /** Number of elements of all weights. @throws AntlerValueError before the layer is built */
  countParams(): number {
    this.#requireBuilt('countParams');
    return this.weights.reduce((count, { shape }) => count + sizeOf(shape), 0);
  }

  /** The values of `weights`, in order. */
  getWeights(): Tensor[] {
    this.#requireBuilt('getWeights');
    return this.weights.map((weight) => weight.read());
  }

  /**
   * Replaces the values of `weights`.
   * @throws AntlerValueError for another number of them; AntlerShapeError for other shapes
   */
  setWeights(values: readonly TensorLike[]): void {
    this.#requireBuilt('setWeights');
    const { weights } = this;
    if (values.length !== weights.length) {
      throw new AntlerValueError({
        where: `${this.label}.setWeights`,
        expected: `${weights.length} values (${weights.map(({ name }) => name).join(', ')})`,
        got: `${values.length}`,
      });
    }
    weights.forEach((weight, i) => {
      weight.assign(cast(toTensor(at(values, i), weight.name), weight.dtype));
    });
  }

  /** The penalty of all regularized weights, or undefined if there is none. */
  penalty(): Tensor | undefined {
    const parts = [this.#own?.penalty(), ...this.innerLayers.map((layer) => layer.penalty())];
    const penalties = parts.filter((part) => part !== undefined);
    return penalties.length > 0 ? penalties.reduce(add) : undefined;
  }

  /** The result for an input; builds the layer for its shape at first. */
  apply(x: TensorLike, { training = false }: CallOptions = {}): Tensor {
    return this.inScope(() => {
      const input = toTensor(x, 'input');
      this.ensureBuilt([null, ...input.shape.slice(1)]);
      this.checkInput(input.shape);
      return this.call(cast(input, this.dtype), { training });
    });
  }

  /** The shape of the result for inputs of a shape; builds the layer. */
  computeOutputShape(inputShape: BatchShape): BatchShape {
    return this.inScope(() => {
      this.ensureBuilt(inputShape);
      this.checkInput(inputShape);
      return traceOutputShape(inputShape, this.dtype, (x) => this.call(x, { training: false }));
    });
  }

  /** Builds the layer unless it is built. */
  ensureBuilt(inputShape: BatchShape): void {
    if (this.#builtFor !== undefined) return;
    this.inScope(() => {
      this.build(inputShape);
      this.#builtFor ??= inputShape;
    });
  }

  /**
   * Gives a layer that is not built yet its place in a model: its name, and where its seeds come from. For
   * models.
   */
  attach(name: string, place: Place): void {
    if (this.#builtFor !== undefined) return;
    this.#name = name;
    this.#place = place;
    for (const layer of this.innerLayers) layer.attach(layer.name, { prefix: this.path, seed: this.seed });
  }

  /** The path of the weights: names of inner models and the layer, joined by `/`. */
  get path(): string {
    return this.#place.prefix ? `${this.#place.prefix}/${this.#name}` : this.#name;
  }

  /** The seed that the layer's random streams are derived from. */
  get seed(): number {
    return this.#ownSeed ?? this.#place.seed;
  }

  /** Makes a weight, in `build`. */
  protected addWeight(
    name: string,
    shape: Shape,
    initializer: InitializerLike = 'glorotUniform',
    options: WeightOptions = {},
  ): Variable {
    return this.ownWeights.add(name, shape, initializer, options);
  }

  /** Registers a layer that this one calls, so that its weights count as weights of this one. */
  protected track<L extends Layer>(layer: L): L {
    const taken = new Set(this.#inner.map(({ name }) => name));
    layer.attach(uniqueName(layer.name, taken), { prefix: this.path, seed: this.seed });
    this.#inner.push(layer);
    return layer;
  }

  /** Runs before anybody looks at weights: the moment to build what can be built. */
  protected prepare(): void {}

  /** Throws an AntlerShapeError if an input cannot fit. */
  protected checkInput(_shape: BatchShape): void {}

  protected get ownWeights(): LayerWeights {
    this.#own ??= new LayerWeights(this.path, this.seed, this.dtype);
    return this.#own;
  }

  /** Runs `body` so that nodes and errors know this layer. */
  protected inScope<T>(body: () => T): T {
    if (this.#isInScope) return body();
    this.#isInScope = true;
    try {
      return withScope(this.#name, () => atLayer(`${currentScope()} (${factoryName(this.type)})`, body));
    } finally {
      this.#isInScope = false;
    }
  }

  #requireBuilt(method: string): void {
    if (this.built) return;
    throw new AntlerValueError({
      where: `${this.label}.${method}`,
      expected: 'a layer that is built',
      got: 'one whose input shape is not known yet',
      fix: 'call build(inputShape), or give inputShape to the first layer',
    });
  }
}

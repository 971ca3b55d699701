import { type TensorLike, toTensor } from '../ops/convert.ts';
import { add, cast } from '../ops/math/arithmetic.ts';
import { type Regularizer, resolveRegularizer } from '../regularizers/regularizers.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { sizeOf } from '../util/shapes.ts';
import { CallLosses } from './call-losses.ts';
import { type DTypePolicy, type FloatDType, plainDTypePolicy, resolveDTypePolicy } from './dtype-policy.ts';
import { type LayerConfig, type LayerOptions, requireLayerOptions } from './layer-options.ts';
import { LayerWeights, type Place } from './layer-weights.ts';
import { factoryName, snakeCase } from './names.ts';

/** What has a name, weights, and others of its kind inside: the part of a layer that does not compute. */
export abstract class WeightOwner {
  /** Keras's name of the class. */
  readonly type: string;
  /** Float types of weights, and of inputs and results. */
  readonly dtypePolicy: DTypePolicy;
  /** Whether the user chose the name. */
  readonly isNamed: boolean;
  /** Penalty of the results. */
  readonly activityRegularizer: Regularizer | undefined;
  readonly #ownSeed: number | undefined;
  readonly #callLosses = new CallLosses();
  #name: string;
  #trainable: boolean;
  #place: Place = { prefix: '', seed: 0 };
  #owner: WeightOwner | undefined;
  #own: LayerWeights | undefined;
  #isPinned = false;

  constructor(type: string, options: LayerOptions = {}) {
    requireLayerOptions(options, factoryName(type));
    this.type = type;
    this.dtypePolicy = resolveDTypePolicy(options.dtype ?? 'float32', factoryName(type));
    this.isNamed = options.name !== undefined;
    this.#trainable = options.trainable ?? true;
    this.#name = options.name ?? snakeCase(type);
    this.#ownSeed = options.seed;
    const { activityRegularizer: regularizer } = options;
    this.activityRegularizer = regularizer ? resolveRegularizer(regularizer, factoryName(type)) : undefined;
  }

  /** Those inside this one. */
  abstract get innerLayers(): readonly WeightOwner[];

  /** Whether it is built. */
  abstract get built(): boolean;

  /** The options that make an equal layer. */
  getConfig(): LayerConfig {
    const seed = this.#ownSeed === undefined ? {} : { seed: this.#ownSeed };
    const { activityRegularizer: regularizer } = this;
    const penalty = regularizer ? { activityRegularizer: regularizer } : {};
    const dtype = plainDTypePolicy(this.dtypePolicy);
    return { name: this.name, trainable: this.trainable, dtype, ...seed, ...penalty };
  }

  /** Float type of the weights. As Keras. */
  get dtype(): FloatDType {
    return this.dtypePolicy.variableDtype;
  }

  /** Float type of inputs and results, and of the weights inside of `call`. */
  get computeDtype(): FloatDType {
    return this.dtypePolicy.computeDtype;
  }

  get name(): string {
    return this.#name;
  }

  /** Name and kind, for messages: `conv2 (conv2d)`. */
  get label(): string {
    return `${this.#name} (${factoryName(this.type)})`;
  }

  /** Whether training may change the weights. Setting it sets it for all layers inside. As Keras. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(trainable: boolean) {
    this.#trainable = trainable;
    for (const layer of this.innerLayers) layer.trainable = trainable;
  }

  /** Own weights, then those of inner layers; as Keras orders them. A weight that is shared counts once. */
  get weights(): readonly Variable[] {
    this.pin();
    return distinct([...(this.#own?.weights ?? []), ...this.innerLayers.flatMap((layer) => layer.weights)]);
  }

  /** Weights that training changes. */
  get trainableWeights(): readonly Variable[] {
    this.pin();
    if (!this.trainable) return [];
    const own = (this.#own?.weights ?? []).filter((weight) => weight.trainable);
    return distinct([...own, ...this.innerLayers.flatMap((layer) => layer.trainableWeights)]);
  }

  /** Weights that training leaves alone. */
  get nonTrainableWeights(): readonly Variable[] {
    const trained = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trained.has(weight));
  }

  /** States of the random streams, own and inner ones. They are not weights but part of a checkpoint. */
  get seedStates(): readonly Variable[] {
    this.pin();
    const own = (this.#own?.generators ?? []).map((generator) => generator.state);
    return distinct([...own, ...this.innerLayers.flatMap((layer) => layer.seedStates)]);
  }

  /** What one call leaves behind for the next, inside. It is not weights but part of a checkpoint. */
  get carriedStates(): readonly Variable[] {
    return distinct(this.innerLayers.flatMap((layer) => layer.carriedStates));
  }

  /** Makes what calls carry on, for batches of a size, unless it is there: a checkpoint may have it before a call. */
  prepareCarriedStates(batch: number): void {
    for (const layer of this.innerLayers) layer.prepareCarriedStates(batch);
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

  /** Adds a scalar that `call` made of its inputs to the loss of the models around, for this call. */
  addLoss(loss: Tensor): void {
    this.#callLosses.add(loss);
  }

  /** Forgets what calls have added to the loss, here and inside. */
  clearLosses(): void {
    for (const owner of this.#withAllInside()) owner.#callLosses.clear();
  }

  /** The penalty of all regularized weights and what the last call added to the loss; undefined if there is none. */
  penalty(): Tensor | undefined {
    const owners = distinct(this.#withAllInside());
    const ofWeights = owners.map((owner) => owner.#own?.penalty()).filter((part) => part !== undefined);
    const penalties = [...ofWeights, ...owners.flatMap((owner) => owner.#callLosses.present)];
    return penalties.length > 0 ? penalties.reduce(add) : undefined;
  }

  /**
   * Gives a layer its place in the model or layer that owns it: its name, and where its seeds come from. The
   * first owner decides; weights that somebody has seen keep their values.
   */
  attach(name: string, place: Place, owner: WeightOwner): void {
    if (this.isOwnedByOther(owner)) return;
    this.#owner = owner;
    this.#name = name;
    this.#place = place;
    if (this.#isPinned) this.#own?.rename(this.path);
    else this.#own?.relocate(this.path, this.seed);
    for (const layer of this.innerLayers) layer.attach(layer.name, this.innerPlace, this);
  }

  /** Whether it belongs to another model or layer already. */
  isOwnedByOther(owner: WeightOwner): boolean {
    return this.#owner !== undefined && this.#owner !== owner;
  }

  /** The path of the weights: names of inner models and the layer, joined by `/`. */
  get path(): string {
    return this.#place.prefix ? `${this.#place.prefix}/${this.#name}` : this.#name;
  }

  /** The seed that the layer's random streams are derived from. */
  get seed(): number {
    return this.#ownSeed ?? this.#place.seed;
  }

  /** The place of what is inside. */
  protected get innerPlace(): Place {
    return { prefix: this.path, seed: this.seed };
  }

  /** Whether it is inside another. */
  protected get isOwned(): boolean {
    return this.#owner !== undefined;
  }

  /** Runs before anybody looks at weights: the moment to build what can be built. */
  protected prepare(): void {}

  /** From now on somebody has seen the weights: no place gives them other first values. */
  protected pin(): void {
    this.prepare();
    this.#isPinned = true;
  }

  protected get ownWeights(): LayerWeights {
    this.#own ??= new LayerWeights(this.path, this.seed, this.dtype);
    return this.#own;
  }

  #withAllInside(): WeightOwner[] {
    return [this, ...this.innerLayers.flatMap((layer) => layer.#withAllInside())];
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

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

import { currentScope, withScope } from '../graph/scope.ts';
import type { InitializerLike } from '../initializers/resolve.ts';
import { type TensorLike, toTensor } from '../ops/convert.ts';
import { cast, div } from '../ops/math/arithmetic.ts';
import type { Regularizer } from '../regularizers/regularizers.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { type DType, isFloat } from '../util/dtypes.ts';
import type { Shape } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type BatchShape, isOneShape } from './batch-shape.ts';
import { type CallContext, type CallOptions, isInsideCall, isTrainingAround, withTraining } from './call.ts';
import { atLayer } from './error-place.ts';
import { type Arity, arrange, inputParts } from './inputs.ts';
import type { LayerOptions } from './layer-options.ts';
import { withComputeDtype } from './layer-variable.ts';
import type { WeightOptions } from './layer-weights.ts';
import { type Mask, maskOf, withMask } from './masks.ts';
import { factoryName, uniqueName } from './names.ts';
import { type Mapped, type Parts, partsOf, type Several } from './several.ts';
import { SymbolicTensor, type TensorSpec } from './symbolic-tensor.ts';
import { isProbing, traceOutputs } from './trace-shape.ts';
import { WeightOwner } from './weight-owner.ts';

/** A layer of any results. */
export type AnyLayer = Layer<Several<Tensor>>;

/** What becomes of inputs before `call`: floats of the layer's type, int32, or only floats converted. */
export type InputDType = 'float' | 'integer' | 'any';

/**
 * A function of tensors with weights of its own.
 *
 * Subclasses make their weights in `build` with `addWeight`, compute in `call`, and pass inner layers through
 * `track`. Users call `apply`, which builds the layer at first, checks, and names it in errors. A subclass
 * declares `call(x: Tensor, context)` for one input, or `call([a, b]: readonly Tensor[], context)` for several.
 * @typeParam Result what it gives: a tensor, a list, or tensors by name
 */
export abstract class Layer<Result extends Several<Tensor> = Tensor> extends WeightOwner {
  /** The input shape given as an option, batch axis included. */
  readonly givenInputShape: BatchShape | undefined;
  #builtFor: Several<BatchShape> | undefined;
  #isInScope = false;
  readonly #inner: AnyLayer[] = [];

  constructor(type: string, options: LayerOptions = {}) {
    super(type, options);
    this.givenInputShape = options.inputShape && [null, ...options.inputShape];
  }

  /** Makes the weights for inputs of a shape. The batch axis may be null. A subclass calls `super.build`. */
  build(inputShape: Several<BatchShape>): void {
    this.#builtFor = inputShape;
  }

  /** The formula. Called by `apply`. */
  abstract call(inputs: Several<Tensor>, context: CallContext): Result;

  /** How many inputs it takes; `any` gives `call` what the caller gave. */
  get arity(): Arity {
    return 'any';
  }

  /** What becomes of inputs before `call`; by default integers stay integers, as in Keras. */
  get inputDType(): InputDType {
    return 'any';
  }

  /** Whether masks go through it. Default false: the mask ends here, unless `call` gives its result one. */
  get supportsMasking(): boolean {
    return false;
  }

  /** Names of arguments beside `training` and `mask` that `apply` takes, and `call` finds in its context. */
  get callArguments(): readonly string[] {
    return [];
  }

  /** Masks of the results; by default the first input's for the first result. For layers that support masking. */
  computeMask(_inputs: readonly Tensor[], masks: readonly Mask[]): Mask | readonly Mask[] {
    return masks[0];
  }

  get built(): boolean {
    this.prepare();
    return this.#builtFor !== undefined;
  }

  /** The shape it was built for, or the shapes of several inputs. */
  get builtShape(): Several<BatchShape> | undefined {
    this.prepare();
    return this.#builtFor;
  }

  /** Layers inside this one. */
  get innerLayers(): readonly AnyLayer[] {
    return this.#inner;
  }

  /**
   * The result for inputs: one, a list, or tensors by name; of symbolic values a symbolic one. Builds the layer
   * for their shapes at first.
   * @throws AntlerShapeError, AntlerValueError for inputs or options it does not take
   */
  apply(inputs: Several<SymbolicTensor>, options?: CallOptions): Mapped<Result, Tensor, SymbolicTensor>;
  apply(inputs: Several<TensorLike>, options?: CallOptions): Result;
  apply(
    inputs: readonly (SymbolicTensor | Tensor)[],
    options?: CallOptions,
  ): Mapped<Result, Tensor, SymbolicTensor>;
  apply(inputs: Several<SymbolicTensor | TensorLike>, options: CallOptions = {}): unknown {
    return this.inScope(() => {
      requireKnownOptions(options, ['training', 'mask', ...this.callArguments], 'apply');
      const given = this.arrange(inputParts(inputs, this.arity));
      if (given.items.some((item) => item instanceof SymbolicTensor)) {
        return this.#applyToSymbols(given as Parts<SymbolicTensor | Tensor>, options);
      }
      const tensors = given.items.map((item) => toTensor(item as TensorLike, 'input'));
      return this.#applyToTensors({ ...given, items: tensors }, options);
    });
  }

  /** The shape of the result for inputs of a shape; builds the layer. */
  computeOutputShape(inputShape: Several<BatchShape>): Mapped<Result, Tensor, BatchShape> {
    const shapes = partsOf(inputShape, isOneShape);
    const dtype: DType = this.inputDType === 'integer' ? 'int32' : this.computeDtype;
    const outputs = this.inferOutputs({ ...shapes, items: shapes.items.map((shape) => ({ shape, dtype })) });
    return outputs.rebuild(outputs.items.map(({ shape }) => shape)) as Mapped<Result, Tensor, BatchShape>;
  }

  /** Shapes and dtypes of the results for inputs of known ones; builds the layer. */
  inferOutputs(inputs: Parts<TensorSpec>, options: CallOptions = {}): Parts<TensorSpec> {
    return this.inScope(() => {
      const given = this.arrange(inputs);
      this.#prepareFor(given);
      return traceOutputs(given, (tensors) => resultParts(this.#compute(tensors, options)));
    });
  }

  /** Builds the layer unless it is built. */
  ensureBuilt(inputShape: Several<BatchShape>): void {
    if (this.#builtFor !== undefined) return;
    this.inScope(() => {
      this.build(inputShape);
      this.#builtFor ??= inputShape;
    });
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
  protected track<L extends AnyLayer>(layer: L): L {
    const taken = new Set(this.#inner.map(({ name }) => name));
    layer.attach(uniqueName(layer.name, taken), this.innerPlace, this);
    this.#inner.push(layer);
    return layer;
  }

  /** Brings inputs into the form that `call` takes. @throws AntlerValueError for another number of them */
  protected arrange<T>(inputs: Parts<T>): Parts<T> {
    return arrange(inputs, this.arity);
  }

  /** Throws an AntlerShapeError if inputs cannot fit. */
  protected checkInput(_shape: Several<BatchShape>): void {}

  /** Runs `body` so that nodes and errors know this layer. */
  protected inScope<T>(body: () => T): T {
    if (this.#isInScope) return body();
    this.#isInScope = true;
    try {
      return withScope(this.name, () => atLayer(`${currentScope()} (${factoryName(this.type)})`, body));
    } finally {
      this.#isInScope = false;
    }
  }

  #applyToTensors(inputs: Parts<Tensor>, options: CallOptions): Result {
    if (!isProbing()) this.pin();
    this.#prepareFor(inputs);
    return this.#compute(inputs, options);
  }

  #applyToSymbols(inputs: Parts<SymbolicTensor | Tensor>, options: CallOptions): unknown {
    const { mask: _, ...kept } = options;
    const outputs = this.inferOutputs(inputs, options);
    const source = { layer: this, inputs, options: kept };
    return outputs.rebuild(outputs.items.map((spec, index) => new SymbolicTensor(spec, source, index)));
  }

  #prepareFor(inputs: Parts<TensorSpec>): void {
    const ofAnyBatch = inputs.items.map(({ shape }) =>
      shape.map((extent, axis) => (axis === 0 ? null : extent)),
    );
    this.ensureBuilt(inputs.rebuild(ofAnyBatch));
    this.checkInput(inputs.rebuild(inputs.items.map(({ shape }) => shape)));
  }

  #compute(inputs: Parts<Tensor>, options: CallOptions): Result {
    const { training = isTrainingAround(), mask, ...own } = options;
    const masks = mask === undefined ? inputs.items.map(maskOf) : [mask].flat();
    const items = inputs.items.map((x, i) => withMask(this.#convert(x), masks[i]));
    const context = { training, mask: masks[0], masks, arguments: own };
    if (!isInsideCall()) this.clearLosses();
    const call = () => this.call(inputs.rebuild(items), context);
    const result = withTraining(training, () => withComputeDtype(this.computeDtype, call));
    if (this.activityRegularizer) this.#penalize(result, this.activityRegularizer);
    return this.supportsMasking ? this.#withMasks(result, items, masks) : result;
  }

  /** As Keras: the penalty of each result over the size of the batch. */
  #penalize(result: Result, regularizer: Regularizer): void {
    for (const output of resultParts(result).items) {
      const batch = output.shape[0] ?? 1;
      if (batch > 0) this.addLoss(div(regularizer.penalty(output), batch));
    }
  }

  #convert(x: Tensor): Tensor {
    if (this.inputDType === 'integer') return cast(x, 'int32');
    return this.inputDType === 'float' || isFloat(x.dtype) ? cast(x, this.computeDtype) : x;
  }

  /** Gives the results their masks, unless `call` did. */
  #withMasks(result: Result, inputs: readonly Tensor[], masks: readonly Mask[]): Result {
    const outputs = resultParts(result);
    if (outputs.items.every((output) => maskOf(output) !== undefined)) return result;
    const made = [this.computeMask(inputs, masks)].flat();
    return outputs.rebuild(outputs.items.map((output, i) => withMask(output, made[i]))) as Result;
  }
}

/** What a layer gave, as a list. */
export function resultParts(result: Several<Tensor>): Parts<Tensor> {
  return partsOf(result, (value) => value instanceof Tensor);
}

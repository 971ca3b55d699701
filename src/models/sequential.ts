import { currentScope } from '../graph/scope.ts';
import { type BatchShape, formatBatchShape, isOneShape } from '../layers/batch-shape.ts';
import { InputLayer } from '../layers/core/input.ts';
import { amended } from '../layers/error-place.ts';
import { requireExampleShape } from '../layers/input-layout.ts';
import { Layer } from '../layers/layer.ts';
import { type LayerDescription, layerToConfig } from '../layers/layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layers/layer-options.ts';
import { factoryName, uniqueName } from '../layers/names.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { Model } from './model.ts';

/** Options of `sequential`. */
export interface SequentialOptions extends LayerOptions {
  /** The layers in order. Default none; `add` brings more. */
  readonly layers?: readonly Layer[];
}

/** Layers one after the other, each fed by the one before. */
export class Sequential extends Model {
  readonly #layers: Layer[] = [];
  #input: InputLayer | undefined;
  #inputShape: BatchShape | undefined;
  #outputShape: BatchShape | undefined;

  constructor({ layers = [], ...options }: SequentialOptions = {}) {
    super('Sequential', options);
    this.#inputShape = this.givenInputShape;
    for (const layer of layers) this.add(layer);
  }

  /** The layers in order, without `input`. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  override get innerLayers(): readonly Layer[] {
    return this.#layers;
  }

  override get outputShape(): BatchShape {
    this.requireBuiltShape('outputShape');
    return this.#outputShape ?? super.outputShape;
  }

  /**
   * Puts a layer behind the others. A layer without a name gets one that does not depend on other models:
   * `dense`, `dense_1`, ...
   * @throws AntlerValueError for a name twice, for anything but a layer, and once the model is built
   */
  add(layer: Layer): void {
    if (!(layer instanceof Layer)) throw this.#notALayer(layer);
    if (this.#outputShape) {
      const fix = 'add all layers before the model is used';
      throw new AntlerValueError({
        where: `${this.label}.add`,
        expected: 'a model not built yet',
        got: 'a built one',
        fix,
      });
    }
    this.#inputShape ??= this.#layers.length === 0 ? layer.givenInputShape : undefined;
    if (layer instanceof InputLayer && this.#layers.length === 0) {
      this.#input = layer;
      return;
    }
    layer.attach(this.#nameFor(layer), this.innerPlace, this);
    this.#layers.push(layer);
  }

  override build(inputShape: BatchShape): void {
    if (this.#outputShape) return;
    if (this.#layers.length === 0) throw this.#empty();
    this.#outputShape = this.inScope(() => {
      if (this.#inputShape) requireExampleShape(inputShape, this.#inputShape, 'input');
      return this.#layers.reduce(
        (shape, layer, i) => this.#connect(layer, shape, this.#layers[i - 1]),
        inputShape,
      );
    });
    super.build(inputShape);
  }

  override call(x: Tensor): Tensor {
    return this.#layers.reduce((value, layer) => layer.apply(value), x);
  }

  override getConfig(): LayerConfig {
    const input = this.#inputConfig();
    return { ...super.getConfig(), layers: [...(input ? [input] : []), ...this.#layers.map(layerToConfig)] };
  }

  protected override prepare(): void {
    if (this.#inputShape && this.#layers.length > 0) this.ensureBuilt(this.#inputShape);
  }

  /** The output shape of a layer; an error names the layer its input came from. */
  #connect(layer: Layer, shape: BatchShape, previous: Layer | undefined): BatchShape {
    try {
      return layer.computeOutputShape(shape);
    } catch (error) {
      if (!(error instanceof AntlerShapeError) || !previous) throw error;
      const origin = `${currentScope()}/${previous.name} (${factoryName(previous.type)})`;
      throw amended(error, { got: `${formatBatchShape(shape)} from ${origin}` });
    }
  }

  /** The input layer, as it was given or follows from the shape that the model was built for. */
  #inputConfig(): LayerDescription | undefined {
    if (this.#input) return layerToConfig(this.#input);
    const { builtShape } = this;
    if (!builtShape || !isOneShape(builtShape)) return undefined;
    const config = { name: 'input_layer', batchShape: builtShape, dtype: this.computeDtype };
    return { type: 'InputLayer', config };
  }

  #nameFor(layer: Layer): string {
    const taken = new Set(this.#layers.map(({ name }) => name));
    const mayRename = !layer.isNamed && !layer.isOwnedByOther(this) && !this.#layers.includes(layer);
    if (mayRename) return uniqueName(layer.name, taken);
    if (!taken.has(layer.name)) return layer.name;
    throw new AntlerValueError({
      where: `${this.label}.add`,
      expected: 'a name of its own for each layer',
      got: `'${layer.name}' twice`,
      fix: 'give one of them another name; a layer used twice needs model({ inputs, outputs })',
    });
  }

  #empty(): AntlerValueError {
    const fix = 'write sequential([layers.dense({ units: 1 })]), or call add';
    return new AntlerValueError({ where: this.label, expected: 'at least one layer', got: 'none', fix });
  }

  #notALayer(given: unknown): AntlerValueError {
    return new AntlerValueError({
      where: `${this.label}.add`,
      expected: 'a layer, made by layers.dense(...) and the like',
      got: shown(given),
      ...(typeof given === 'function' ? { fix: 'call it: layers.dense({ units: 1 })' } : {}),
    });
  }
}

/**
 * A model of layers one after the other: `sequential([layers.dense({ units: 1, inputShape: [2] })])`, or with
 * options `sequential({ layers: [...], name: 'lenet5', seed: 1 })`.
 */
export function sequential(given: SequentialOptions | readonly Layer[] = {}): Sequential {
  if (given instanceof Layer) throw notAList();
  return new Sequential(isList(given) ? { layers: given } : given);
}

function notAList(): AntlerValueError {
  const fix = 'write sequential([first, second])';
  return new AntlerValueError({ where: 'sequential', expected: 'a list of layers', got: 'a layer', fix });
}

function isList(given: SequentialOptions | readonly Layer[]): given is readonly Layer[] {
  return Array.isArray(given);
}

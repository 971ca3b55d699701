import { truncatedNormal } from '../../initializers/random.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { div, where } from '../../ops/math/arithmetic.ts';
import { notEqual } from '../../ops/math/compare.ts';
import { normalize } from '../../ops/reduce/moments.ts';
import { any, stopGradient, sum } from '../../ops/reduce/reduce.ts';
import { reshape, transpose } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import type { BatchShape } from '../batch-shape.ts';
import type { CallContext } from '../call.ts';
import { completeConfig, separate } from '../define-layer.ts';
import { type InputDType, Layer } from '../layer.ts';
import { layerToConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { requireWhole } from '../requirements.ts';
import type { Several } from '../several.ts';

/** Options of `spectralNormalization`. */
export interface SpectralNormalizationOptions extends LayerOptions {
  /** A layer with a kernel, or with embeddings. */
  readonly layer: Layer;
  /** Steps of the power iteration at each call. Default 1. */
  readonly powerIterations?: number;
}

const RULES = {
  type: 'SpectralNormalization',
  required: ['layer'],
  defaults: { powerIterations: 1 },
  check(config: object, where: string) {
    const { layer, powerIterations } = config as Required<SpectralNormalizationOptions>;
    requireWhole(powerIterations, 'powerIterations', where);
    if (layer instanceof Layer) return;
    throw new AntlerValueError({ where, expected: 'a layer', got: typeof layer });
  },
};

/** A layer whose kernel is divided by its largest singular value. */
export class SpectralNormalization extends Layer {
  readonly layer: Layer;
  readonly powerIterations: number;
  #kernel: Variable | undefined;
  #vector: Variable | undefined;

  constructor({ layer, powerIterations = 1, ...options }: SpectralNormalizationOptions) {
    super(RULES.type, options);
    this.layer = this.track(layer);
    this.powerIterations = powerIterations;
  }

  override get inputDType(): InputDType {
    return this.layer.inputDType;
  }

  /** The kernel first, as in Keras, where it counts as a weight of this layer too. */
  override get weights(): readonly Variable[] {
    const [all, kernel] = [super.weights, this.#kernel];
    return kernel ? [kernel, ...all.filter((weight) => weight !== kernel)] : all;
  }

  override build(inputShape: Several<BatchShape>): void {
    this.layer.ensureBuilt(inputShape);
    this.#kernel = kernelOf(this.layer);
    const initializer = truncatedNormal({ stddev: 0.02 });
    const shape = [1, at(this.#kernel.shape, -1)];
    this.#vector = this.addWeight('vector_u', shape, initializer, { trainable: false });
    super.build(inputShape);
  }

  override call(x: Tensor, { training }: CallContext): Tensor {
    if (training && this.#kernel && this.#vector) this.#normalize(this.#kernel, this.#vector);
    return this.layer.apply(x);
  }

  override getConfig(): LayerConfig {
    const { powerIterations } = this;
    return { ...super.getConfig(), layer: layerToConfig(this.layer), powerIterations };
  }

  #normalize(kernel: Variable, vector: Variable): void {
    const value = kernel.read();
    const columns = at(kernel.shape, -1);
    const matrix = reshape(value, [sizeOf(kernel.shape) / columns, columns]);
    let right = vector.read();
    let left = right;
    for (let i = 0; i < this.powerIterations; i++) {
      left = normalize(matmul(right, transpose(matrix)), { axis: [0, 1] });
      right = normalize(matmul(left, matrix), { axis: [0, 1] });
    }
    [left, right] = [stopGradient(left), stopGradient(right)];
    const largest = sum(matmul(matmul(left, matrix), transpose(right)));
    const isZero = notEqual(any(notEqual(value, 0)), true);
    vector.assign(where(isZero, vector.read(), right));
    kernel.assign(div(value, where(isZero, 1, largest)));
  }
}

/**
 * Keeps the largest singular value of a layer's kernel, a matrix [inputs, units], near 1: in training each call
 * finds it by power iteration and divides the kernel by it (Miyato 2018). As Keras 3.
 */
export function spectralNormalization(options: SpectralNormalizationOptions): SpectralNormalization {
  const [base, own] = separate(options);
  return new SpectralNormalization({
    ...(completeConfig(RULES, own) as SpectralNormalizationOptions),
    ...base,
  });
}

function kernelOf(layer: Layer): Variable {
  const kernel = layer.weights.find(({ name }) => /\/(kernel|embeddings)$/.test(name));
  if (kernel) return kernel;
  throw new AntlerValueError({
    where: 'layer',
    expected: 'a layer with a kernel or embeddings',
    got: layer.label,
  });
}

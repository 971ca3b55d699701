import type { Tensor } from '../tensor/tensor.ts';
import type { DType } from '../util/dtypes.ts';
import type { BatchShape } from './batch-shape.ts';
import type { AnyLayer } from './layer.ts';
import type { Parts } from './several.ts';

/** Shape and dtype of what will be computed. */
export interface TensorSpec {
  readonly shape: BatchShape;
  readonly dtype: DType;
}

/** One application of a layer to symbolic values. */
export interface LayerCall {
  readonly layer: AnyLayer;
  /** What the layer was applied to; tensors among it are constants of the model. */
  readonly inputs: Parts<SymbolicTensor | Tensor>;
  /** `training` and the layer's own arguments, as the caller gave them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * The place of a tensor in a model that is being described: from `input(...)`, and from layers applied to
 * symbolic values. As TensorFlow.js's SymbolicTensor and Keras's KerasTensor.
 */
export class SymbolicTensor {
  /** Extents, null where they are not known yet. */
  readonly shape: BatchShape;
  readonly dtype: DType;
  /** What computes it. */
  readonly source: LayerCall;
  /** Which of the results of that. */
  readonly index: number;

  constructor({ shape, dtype }: TensorSpec, source: LayerCall, index: number) {
    this.shape = shape;
    this.dtype = dtype;
    this.source = source;
    this.index = index;
  }

  /** Name of the layer that computes it. */
  get name(): string {
    return this.source.layer.name;
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }
}

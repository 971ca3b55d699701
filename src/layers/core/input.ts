import type { Tensor } from '../../tensor/tensor.ts';
import { DTYPES, type DType, isFloat } from '../../util/dtypes.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { requireKnownOptions, unknownName } from '../../util/suggest.ts';
import type { BatchShape } from '../batch-shape.ts';
import { Layer } from '../layer.ts';
import { type LayerConfig, requireExampleExtents } from '../layer-options.ts';
import { SymbolicTensor } from '../symbolic-tensor.ts';

/** Options of `input`. */
export interface InputOptions {
  /** Shape of one example, without the batch axis; null where extents differ from batch to batch. */
  readonly shape: BatchShape;
  /** Examples of a batch. Default any number. */
  readonly batchSize?: number;
  /** Element type that the model gets: int32 for indices. Default float32. */
  readonly dtype?: DType;
  readonly name?: string;
}

/** States what a model takes; passes it on as it is. */
export class InputLayer extends Layer {
  /** Element type that the model gets. */
  readonly elementDType: DType;
  /** Batch axis included. */
  readonly batchShape: BatchShape;

  constructor({ shape, batchSize, dtype = 'float32', name }: InputOptions) {
    super('InputLayer', {
      ...(name === undefined ? {} : { name }),
      ...(isFloat(dtype) ? { dtype: dtype as 'float32' | 'float64' } : {}),
      inputShape: shape,
    });
    this.elementDType = dtype;
    this.batchShape = [batchSize ?? null, ...shape];
    this.build(this.batchShape);
  }

  override call(x: Tensor): Tensor {
    return x;
  }

  override getConfig(): LayerConfig {
    return { name: this.name, batchShape: this.batchShape, dtype: this.elementDType };
  }
}

/** The shape of one example, as first entry of a sequential model: `layers.input({ shape: [28, 28, 1] })`. */
export function input(options: InputOptions): InputLayer {
  requireInputOptions(options);
  return new InputLayer(options);
}

/**
 * A value that a functional model will be given: `const x = input({ shape: [784] })`. As Keras's `Input` and
 * TensorFlow.js's `input`.
 */
export function symbolicInput(options: InputOptions): SymbolicTensor {
  return symbolOf(input(options));
}

/** The symbolic value of an input layer. */
export function symbolOf(layer: InputLayer): SymbolicTensor {
  const inputs = { items: [], names: undefined, rebuild: () => [] };
  return new SymbolicTensor(
    { shape: layer.batchShape, dtype: layer.elementDType },
    { layer, inputs, options: {} },
    0,
  );
}

function requireInputOptions(options: InputOptions): void {
  if (!Array.isArray(options?.shape)) {
    throw new AntlerValueError({
      where: 'input',
      expected: 'the option shape, the shape of one example',
      got: typeof options?.shape,
      fix: 'write input({ shape: [28, 28, 1] })',
    });
  }
  requireKnownOptions(options, ['shape', 'batchSize', 'dtype', 'name'], 'input');
  requireExampleExtents(options.shape, 'input');
  const { dtype, batchSize } = options;
  if (dtype !== undefined && !DTYPES.includes(dtype)) {
    throw unknownName({ where: 'input', kind: 'a dtype', name: String(dtype), known: DTYPES });
  }
  if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize > 0)) {
    throw new AntlerValueError({ where: 'input', expected: 'a whole batchSize > 0', got: `${batchSize}` });
  }
}

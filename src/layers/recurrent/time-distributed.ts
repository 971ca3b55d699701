import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { type BatchShape, formatBatchShape, isOneShape } from '../batch-shape.ts';
import type { CallContext } from '../call.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';
import { layerToConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { partsOf, type Several } from '../several.ts';

/** Options of `timeDistributed`. */
export interface TimeDistributedOptions extends LayerOptions {
  /** What is applied to every step. */
  readonly layer: Layer;
}

const RULES = { type: 'TimeDistributed', required: ['layer'], defaults: {}, check: requireLayer };

/** A layer that takes all steps of all sequences as one batch. */
export class TimeDistributed extends Layer {
  readonly layer: Layer;

  constructor({ layer, ...options }: TimeDistributedOptions) {
    super(RULES.type, options);
    this.layer = this.track(layer);
  }

  override get arity(): Arity {
    return 'one';
  }

  override get inputDType(): InputDType {
    return this.layer.inputDType;
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override build(inputShape: Several<BatchShape>): void {
    const [batch = null, , ...step] = requireTime(at(partsOf(inputShape, isOneShape).items, 0));
    this.layer.ensureBuilt([batch, ...step]);
    super.build(inputShape);
  }

  override call(x: Tensor, { mask }: CallContext): Tensor {
    const [batch = 0, time = 0, ...step] = x.shape;
    const steps = reshape(x, [batch * time, ...step]);
    // a mask of the steps themselves says nothing about what is inside one
    const inner = mask && mask.rank > 2 ? reshape(mask, [batch * time, ...mask.shape.slice(2)]) : undefined;
    const y = this.layer.apply(steps, { mask: inner });
    return reshape(y, [batch, time, ...y.shape.slice(1)]);
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), layer: layerToConfig(this.layer) };
  }

  protected override checkInput(inputShape: Several<BatchShape>): void {
    requireTime(at(partsOf(inputShape, isOneShape).items, 0));
  }
}

/**
 * Applies a layer to every step with the same weights: [batch, time, ...] to [batch, time, ...]. As Keras 3; a layer
 * that looks at its whole batch, such as batch normalization in training, sees all steps at once.
 */
export function timeDistributed(options: TimeDistributedOptions): TimeDistributed {
  const [base, own] = separate(options);
  return new TimeDistributed({ ...(completeConfig(RULES, own) as TimeDistributedOptions), ...base });
}

function requireLayer(config: object, where: string): void {
  const { layer } = config as TimeDistributedOptions;
  if (layer instanceof Layer) return;
  throw new AntlerValueError({
    where,
    expected: 'a layer',
    got: typeof layer,
    fix: 'write timeDistributed({ layer: dense({ units: 10 }) })',
  });
}

function requireTime(shape: BatchShape): BatchShape {
  if (shape.length >= 3) return shape;
  throw new AntlerShapeError({
    where: 'input',
    expected: '[batch, time, ...]',
    got: formatBatchShape(shape),
    fix: 'give each example its axis of time, and each step an axis of features',
  });
}

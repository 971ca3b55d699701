import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';
import { Layer } from '../layer.ts';
import type { LayerOptions } from '../layer-options.ts';

/** Options of `input`. */
export interface InputOptions extends Omit<LayerOptions, 'inputShape'> {
  /** Shape of one example, without the batch axis. */
  readonly shape: Shape;
}

/** States what a model takes; passes it on as it is. */
export class InputLayer extends Layer {
  constructor({ shape, ...options }: InputOptions) {
    super('InputLayer', { ...options, inputShape: shape });
  }

  override call(x: Tensor): Tensor {
    return x;
  }
}

/** The shape of one example, as first entry of a sequential model: `input({ shape: [28, 28, 1] })`. */
export function input(options: InputOptions): InputLayer {
  if (Array.isArray(options?.shape)) return new InputLayer(options);
  throw new AntlerValueError({
    where: 'input',
    expected: 'the option shape, the shape of one example',
    got: typeof options?.shape,
    fix: 'write input({ shape: [28, 28, 1] })',
  });
}

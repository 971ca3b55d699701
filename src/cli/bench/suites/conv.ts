import { mul } from '../../../ops/math/arithmetic.ts';
import { conv2d } from '../../../ops/nn/conv.ts';
import { sum } from '../../../ops/reduce/reduce.ts';
import { gradients } from '../../../tensor/gradient.ts';
import { jit } from '../../../tensor/jit.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import type { Parameters } from '../protocol.ts';
import { gigaflops, type Measurement, type Suite } from '../suite.ts';
import { filled, timedSteps } from '../timed.ts';

/** A square convolution of stride 1 with the same zeros on all sides. */
interface Convolution {
  readonly batch: number;
  readonly size: number;
  readonly channels: number;
  readonly filters: number;
  readonly window: number;
  readonly pad: number;
}

const SHAPES: readonly Convolution[] = [
  { batch: 128, size: 14, channels: 6, filters: 16, window: 5, pad: 0 },
  { batch: 64, size: 32, channels: 16, filters: 16, window: 3, pad: 1 },
  { batch: 64, size: 8, channels: 64, filters: 64, window: 3, pad: 1 },
];

/** Convolutions alone: LeNet-5's second, and those of ResNet-20's first and last stage. */
export const conv: Suite = {
  name: 'conv',
  summary: 'convolutions of LeNet-5 and ResNet-20, forward and with both gradients',
  measurements: SHAPES.flatMap((shape): Measurement[] => [
    {
      ...common(shape, 'forward', 1),
      case: 'conv-forward',
      peers: [{ program: 'pytorch' }, { program: 'jax-js' }, { program: 'tfjs-wasm' }],
    },
    {
      ...common(shape, 'with gradients', 3),
      case: 'conv-gradients',
      peers: [{ program: 'pytorch' }, { program: 'jax-js' }],
    },
  ]),
  cases: {
    'conv-forward': async (parameters) => {
      const { x, kernel, padding } = operands(parameters);
      const forward = jit((image: Tensor, weights: Tensor) => conv2d(image, weights, { padding }));
      return timedSteps(() => forward(x, kernel));
    },
    'conv-gradients': async (parameters) => {
      const { x, kernel, padding, slope } = operands(parameters);
      const all = jit((image: Tensor, weights: Tensor, outer: Tensor) => {
        const y = conv2d(image, weights, { padding });
        return [y, ...gradients(sum(mul(y, outer)), [image, weights])];
      });
      return timedSteps(() => all(x, kernel, slope));
    },
  },
};

function common(shape: Convolution, what: string, passes: number) {
  const { batch, size, channels, filters, window } = shape;
  const multiplyAdds = batch * outputSize(shape) ** 2 * window ** 2 * channels * filters;
  return {
    name: `conv ${size}²×${channels}→${filters} ${window}×${window} ${what}`,
    parameters: { ...shape },
    threads: [2],
    unit: gigaflops(2 * multiplyAdds * passes),
  };
}

function outputSize({ size, window, pad }: Convolution): number {
  return size + 2 * pad - window + 1;
}

function operands(parameters: Parameters) {
  const shape: Convolution = { ...(SHAPES[0] as Convolution), ...parameters };
  const { batch, size, channels, filters, window, pad } = shape;
  const out = outputSize(shape);
  return {
    x: filled([batch, size, size, channels]),
    kernel: filled([window, window, channels, filters]),
    slope: filled([batch, out, out, filters]),
    padding: [
      [pad, pad],
      [pad, pad],
    ] as const,
  };
}

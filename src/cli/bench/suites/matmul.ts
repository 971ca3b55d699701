import { matmul as product } from '../../../ops/linalg/linalg.ts';
import { jit } from '../../../tensor/jit.ts';
import { gigaflops, type Measurement, type Suite } from '../suite.ts';
import { filled, timedSteps } from '../timed.ts';

/** Products of two square matrices, float32. */
export const matmul: Suite = {
  name: 'matmul',
  summary: 'products of square matrices, 512 and 1024',
  measurements: [512, 1024].map(
    (size): Measurement => ({
      name: `matmul ${size}²`,
      case: 'matmul',
      parameters: { size },
      threads: [1, 2],
      unit: gigaflops(2 * size ** 3),
      peers: [
        { program: 'openblas' },
        { program: 'pytorch' },
        { program: 'jax-js', bar: 1 },
        { program: 'tfjs-wasm', bar: 1 },
      ],
      bar: 80,
    }),
  ),
  cases: {
    matmul: async ({ size = 512 }) => {
      const [a, b] = [filled([size, size]), filled([size, size])];
      const multiply = jit(product);
      return timedSteps(() => multiply(a, b));
    },
  },
};

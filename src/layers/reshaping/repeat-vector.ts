import { expandDims } from '../../ops/shape/shape.ts';
import { repeat } from '../../ops/shape/tiling.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';

/** Options of `repeatVector`. */
export interface RepeatVectorConfig {
  /** How many steps to make of each vector. */
  readonly n: number;
}

/** Repeats every vector: [batch, features] to [batch, n, features]. As Keras 3. */
export const repeatVector = defineLayer({
  type: 'RepeatVector',
  required: ['n'],
  defaults: {},
  input: '[batch, features]',
  check: ({ n }: RepeatVectorConfig, where) => requireWhole(n, 'n', where),
  call: ({ config: { n } }, x) => repeat(expandDims(x, 1), n, 1),
});

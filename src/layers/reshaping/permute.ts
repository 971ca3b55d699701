import { transpose } from '../../ops/shape/shape.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `permute`. */
export interface PermuteConfig {
  /** Which axis of the input each axis of the result is, counted from 1: the batch is not among them. */
  readonly dims: readonly number[];
}

/** Puts the axes of each example in another order: dims [2, 1] is [batch, a, b] to [batch, b, a]. As Keras 3. */
export const permute = defineLayer({
  type: 'Permute',
  required: ['dims'],
  defaults: {},
  check({ dims }: PermuteConfig, where) {
    if (dims.length > 0 && dims.every((_, i) => dims.includes(i + 1))) return;
    const expected = `dims, the axes from 1 up to ${Math.max(dims.length, 1)} in any order`;
    throw new AntlerValueError({ where, expected, got: formatShape(dims) });
  },
  call({ config: { dims } }, x) {
    if (x.rank === dims.length + 1) return transpose(x, [0, ...dims]);
    const expected = `a batch axis and ${dims.length} others`;
    throw new AntlerShapeError({ where: 'input', expected, got: formatShape(x.shape) });
  },
});

import type { Node } from '../graph/node.ts';
import { apply, type MapPrimitive } from '../graph/primitive.ts';
import { invariant } from '../util/errors.ts';
import { sameShape } from '../util/shapes.ts';
import { applicable } from './define.ts';

const restartPrimitive: MapPrimitive = {
  kind: 'map',
  name: 'restart',
  infer: ([x, after]) => {
    invariant(x && after && sameShape(x.shape, after.shape), 'restart of unlike shapes');
    return { shape: x.shape, dtype: x.dtype };
  },
  gradient: ({ cotangent }) => [cotangent, null],
  reference: ([x = 0]) => x,
  lower: ([x]) => {
    invariant(x, 'restart without input');
    return x;
  },
};

/**
 * x, but not before `after` is known, and under a new identity: what is computed from it is computed again, and no
 * earlier, instead of being kept from the first time.
 */
export const restart = applicable(restartPrimitive, (x: Node, after: Node) =>
  apply(restartPrimitive, [x, after]),
);

import { describe, expect, it } from 'vitest';
import { neg } from '../../primitives/elementwise/arithmetic.ts';
import { constant } from '../../primitives/leaf.ts';
import { broadcastTo } from '../../primitives/structure/views.ts';
import { at } from '../../util/errors.ts';
import { plainInputs } from './plain-inputs.ts';
import { simplify } from './simplify.ts';

describe('plainInputs', () => {
  it('hides how an input was computed', () => {
    for (const keepHistory of [false, true]) {
      const computed = broadcastTo(constant(1, 'float32'), [2, 3]);
      computed.settle({}, keepHistory);
      const outputs = [broadcastTo(computed, [4, 2, 3]), neg(computed), computed];
      const graph = simplify(plainInputs({ inputs: [computed], outputs }));
      const given = at(graph.inputs, 0);
      expect(given.primitive.name).toBe('input');
      expect(graph.outputs.map(({ inputs }) => inputs[0])).toEqual([given, given, undefined]);
      expect(graph.outputs[2]).toBe(given);
    }
  });
});

import { type Expr, type Index, k, type Variable } from '../../graph/kernel/expr.ts';
import { position } from '../../graph/kernel/loops.ts';
import { at } from '../../util/errors.ts';
import { rowMajorStrides, type Shape } from '../../util/shapes.ts';
import { convExtent } from './conv-shape.ts';
import { forEachPosition } from './positions.ts';

/** One entry a spatial axis of [batch, ...spatial, channels]. Padding is [before, after]; padded places never win and add nothing. */
export type PoolAttrs = {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
};

/** Shape of what has an element for every window: [batch, ...windows, channels]. */
export function poolShape(x: Shape, { window, strides, padding }: PoolAttrs): number[] {
  const spatial = window.map((size, axis) =>
    convExtent(at(x, axis + 1), size, at(strides, axis), 1, at(padding, axis)),
  );
  return [at(x, 0), ...spatial, at(x, -1)];
}

/** Visits every pair of an output element and an input element of its window, windows in order. */
export function forEachPair(
  input: Shape,
  output: Shape,
  attrs: PoolAttrs,
  visit: (outputFlat: number, inputFlat: number) => void,
): void {
  const strides = rowMajorStrides(input);
  forEachPosition(output, (place, outputFlat) => {
    forEachPosition(attrs.window, (tap) => {
      let inputFlat = at(place, 0) * at(strides, 0) + at(place, -1);
      for (let axis = 0; axis < tap.length; axis++) {
        const i =
          at(place, axis + 1) * at(attrs.strides, axis) + at(tap, axis) - at(at(attrs.padding, axis), 0);
        if (i < 0 || i >= at(input, axis + 1)) return;
        inputFlat += i * at(strides, axis + 1);
      }
      visit(outputFlat, inputFlat);
    });
  });
}

interface WindowPlaces {
  readonly input: Index;
  readonly inside: Expr;
}

/** Position of a window's tap in the input, and whether it is inside. */
export function tapPlace(
  place: readonly Variable[],
  tap: readonly Variable[],
  input: Shape,
  attrs: PoolAttrs,
): WindowPlaces {
  const strides = rowMajorStrides(input);
  const spatial = strides.slice(1, -1);
  const low = attrs.padding.map(([before]) => before);
  const inside = tap
    .map((t, axis) => {
      const scaled = k.mul(k.read(at(place, axis + 1)), k.int(at(attrs.strides, axis)));
      const i = k.add(scaled, k.sub(k.read(t), k.int(at(low, axis))));
      return k.and(k.le(k.int(0), i), k.lt(i, k.int(at(input, axis + 1))));
    })
    .reduce((a, b) => k.and(a, b));
  const scaledStrides = [at(strides, 0), ...spatial.map((s, axis) => s * at(attrs.strides, axis)), 1];
  const index = position(
    [...place, ...tap],
    [...scaledStrides, ...spatial],
    -spatial.reduce((sum, s, axis) => sum + s * at(low, axis), 0),
  );
  return { input: index, inside };
}

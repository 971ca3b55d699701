import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { add, maximum, minimum, mul } from '../../ops/math/arithmetic.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { knownExtent } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `prelu`. */
export interface PreluConfig {
  readonly alphaInitializer: InitializerLike;
  readonly alphaRegularizer: RegularizerLike | null;
  readonly alphaConstraint: ConstraintLike | null;
  /** Axes along which all elements share their slope, counted from 1: [1, 2] for pictures. Default none. */
  readonly sharedAxes: readonly number[] | null;
}

/** x above 0, alpha x below with slopes that are learnt (He 2015). Any shape. As Keras 3. */
export const prelu = defineLayer({
  type: 'PReLU',
  defaults: { alphaInitializer: 'zeros', alphaRegularizer: null, alphaConstraint: null, sharedAxes: null },
  supportsMasking: true,
  featureAxes: ({ sharedAxes }: PreluConfig, rank) =>
    Array.from({ length: rank - 1 }, (_, i) => i + 1).filter((axis) => !sharedAxes?.includes(axis)),
  build(config: PreluConfig, input, weights) {
    const shared = config.sharedAxes ?? [];
    const stranger = shared.find((axis) => !(Number.isInteger(axis) && axis >= 1 && axis < input.length));
    if (stranger !== undefined) {
      const expected = `axes from 1 to ${input.length - 1}`;
      throw new AntlerValueError({ where: 'sharedAxes', expected, got: `${stranger}` });
    }
    const shape = input.slice(1).map((_, i) => (shared.includes(i + 1) ? 1 : knownExtent(input, i + 1)));
    return {
      alpha: weights.add('alpha', shape, config.alphaInitializer, {
        regularizer: config.alphaRegularizer,
        constraint: config.alphaConstraint,
      }),
    };
  },
  call: ({ alpha }, x) => add(maximum(x, 0), mul(alpha, minimum(x, 0))),
});

import { AntlerValueError, at } from '../../util/errors.ts';
import { defineSchedule } from './schedule.ts';

/** Options of `piecewiseConstantDecay`. */
export interface PiecewiseConstantDecayConfig {
  /** Last steps of all pieces but the last, increasing. */
  readonly boundaries: readonly number[];
  /** One rate more than boundaries. */
  readonly values: readonly number[];
}

/** values[i] up to and including step boundaries[i]. As Keras 3. */
export const piecewiseConstantDecay = defineSchedule<PiecewiseConstantDecayConfig>({
  className: 'PiecewiseConstantDecay',
  required: ['boundaries', 'values'],
  defaults: {},
  check({ boundaries, values }, where) {
    const increasing = boundaries.every((boundary, i) => i === 0 || boundary > at(boundaries, i - 1));
    if (values.length === boundaries.length + 1 && increasing) return;
    throw new AntlerValueError({
      where,
      expected: 'increasing boundaries and one value more than boundaries',
      got: `${boundaries.length} boundaries [${boundaries.join(', ')}] and ${values.length} values`,
    });
  },
  rate: ({ boundaries, values }) => {
    return (step) => {
      const piece = boundaries.findIndex((boundary) => step <= boundary);
      return at(values, piece < 0 ? values.length - 1 : piece);
    };
  },
});

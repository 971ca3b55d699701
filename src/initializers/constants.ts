import { full } from '../ops/create.ts';
import { defineInitializer } from './initializer.ts';

/** All zeros. */
export const zeros = defineInitializer({
  className: 'Zeros',
  defaults: {},
  sample: (_config, shape, { dtype }) => full(shape, 0, dtype),
});

/** All ones. */
export const ones = defineInitializer({
  className: 'Ones',
  defaults: {},
  sample: (_config, shape, { dtype }) => full(shape, 1, dtype),
});

/** All `value`, default 0. */
export const constant = defineInitializer({
  className: 'Constant',
  defaults: { value: 0 },
  sample: ({ value }, shape, { dtype }) => full(shape, value, dtype),
});

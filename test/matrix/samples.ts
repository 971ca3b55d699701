import type { Sample } from './sample.ts';
import { ALONG_AXES } from './samples-along-axes.ts';
import { ELEMENTWISE } from './samples-elementwise.ts';
import { MATRICES } from './samples-matrices.ts';
import { STRUCTURE } from './samples-structure.ts';

/** Uses of every primitive, by its name. */
export const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  ...ELEMENTWISE,
  ...STRUCTURE,
  ...ALONG_AXES,
  ...MATRICES,
};

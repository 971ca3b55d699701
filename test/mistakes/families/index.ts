import type { Family } from '../mistake.ts';
import { files } from './files.ts';
import { labels } from './labels.ts';
import { learning } from './learning.ts';
import { models } from './models.ts';
import { names } from './names.ts';
import { ranges } from './ranges.ts';
import { shapes } from './shapes.ts';
import { tensors } from './tensors.ts';

/** Every mistake that has an answer, by family. */
export const FAMILIES: readonly Family[] = [shapes, labels, learning, names, tensors, models, ranges, files];

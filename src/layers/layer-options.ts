import type { RegularizerLike } from '../regularizers/regularizers.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { BatchShape } from './batch-shape.ts';
import type { DTypePolicyLike } from './dtype-policy.ts';

/** Options that every layer has. */
export interface LayerOptions {
  /** Unique in the model; default the kind of layer with a number, as in Keras: `conv2d`, `conv2d_1`. */
  readonly name?: string;
  /** Whether training may change the weights. Default true. */
  readonly trainable?: boolean;
  /** Float type of weights and results, or `{ variableDtype, computeDtype }` for different ones. Default float32. */
  readonly dtype?: DTypePolicyLike;
  /** Shape of one example, without the batch axis; for the first layer of a model. Null: an extent that varies. */
  readonly inputShape?: BatchShape;
  /** Seed of the layer's weights and random streams; default the model's, or 0 outside a model. */
  readonly seed?: number;
  /** Penalty of the results, for each example of the batch, that is added to the loss of a model. Default none. */
  readonly activityRegularizer?: RegularizerLike | null;
}

/** The names of those options. */
export const LAYER_OPTION_NAMES = [
  'name',
  'trainable',
  'dtype',
  'inputShape',
  'seed',
  'activityRegularizer',
] as const;

/** Plain data that describes a layer. */
export type LayerConfig = Readonly<Record<string, unknown>>;

/** @throws AntlerValueError, AntlerShapeError for options that make no sense */
export function requireLayerOptions(options: LayerOptions, where: string): void {
  requireKnownOptions(options, LAYER_OPTION_NAMES, where);
  const { name, inputShape, seed } = options;
  if (name !== undefined && !/^[^/]+$/.test(name)) {
    throw new AntlerValueError({ where, expected: 'a name without /', got: `'${name}'` });
  }
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new AntlerValueError({ where, expected: 'seed, a whole number in [0, 2^53)', got: shown(seed) });
  }
  if (inputShape !== undefined) requireExampleExtents(inputShape, where);
}

/** @throws AntlerShapeError unless every extent of an example is whole and positive, or null */
export function requireExampleExtents(shape: BatchShape, where: string): void {
  if (
    Array.isArray(shape) &&
    shape.every((extent) => extent === null || (Number.isInteger(extent) && extent > 0))
  )
    return;
  throw new AntlerShapeError({
    where,
    expected: 'inputShape of whole extents > 0, without the batch',
    got: shown(shape),
    fix: 'write inputShape: [28, 28, 1] for pictures, [features] for rows of numbers',
  });
}

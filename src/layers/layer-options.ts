import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';

/** Options that every layer has. */
export interface LayerOptions {
  /** Unique in the model; default the kind of layer with a number, as in Keras: `conv2d`, `conv2d_1`. */
  readonly name?: string;
  /** Whether training may change the weights. Default true. */
  readonly trainable?: boolean;
  /** Float type of weights and results. Default float32. */
  readonly dtype?: 'float32' | 'float64';
  /** Shape of one example, without the batch axis; for the first layer of a model. */
  readonly inputShape?: Shape;
  /** Seed of the layer's weights and random streams; default the model's, or 0 outside a model. */
  readonly seed?: number;
}

/** The names of those options. */
export const LAYER_OPTION_NAMES = ['name', 'trainable', 'dtype', 'inputShape', 'seed'] as const;

/** Plain data that describes a layer. */
export type LayerConfig = Readonly<Record<string, unknown>>;

/** @throws AntlerValueError, AntlerShapeError for options that make no sense */
export function requireLayerOptions(options: LayerOptions, where: string): void {
  requireKnownOptions(options, LAYER_OPTION_NAMES, where);
  const { name, dtype, inputShape } = options;
  if (name !== undefined && !/^[^/]+$/.test(name)) {
    throw new AntlerValueError({ where, expected: 'a name without /', got: `'${name}'` });
  }
  if (dtype !== undefined && dtype !== 'float32' && dtype !== 'float64') {
    throw unknownName({ where, kind: 'a float dtype', name: String(dtype), known: ['float32', 'float64'] });
  }
  if (inputShape !== undefined && !inputShape.every((extent) => Number.isInteger(extent) && extent > 0)) {
    const got = `[${inputShape.join(', ')}]`;
    throw new AntlerShapeError({
      where,
      expected: 'inputShape of whole extents > 0, without the batch',
      got,
    });
  }
}

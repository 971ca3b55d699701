import type { TensorLike } from '../../ops/convert.ts';
import { toTensor } from '../../ops/convert.ts';
import { fromHost, Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, type Shape, sameShape } from '../../util/shapes.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { requireWhole } from '../requirements.ts';
import type { Several } from '../several.ts';
import { encodeCategories, requireMode } from './encode-categories.ts';
import { fingerprint64, joinFingerprints } from './fingerprint.ts';
import { HostLayer } from './host-layer.ts';
import { holdsText, type Texts, textsOf } from './tokens.ts';
import { wrap64 } from './uint64.ts';

/** Options of `hashedCrossing`. */
export interface HashedCrossingConfig {
  /** How many categories there are. */
  readonly numBins: number;
  /** Default `int`. */
  readonly outputMode: 'int' | 'oneHot';
}

const RULES = {
  type: 'HashedCrossing',
  required: ['numBins'],
  defaults: { outputMode: 'int' },
  check(config: object, where: string) {
    const { numBins, outputMode } = config as HashedCrossingConfig;
    requireWhole(numBins, 'numBins', where);
    requireMode(outputMode, ['int', 'oneHot'], where);
  },
};

/** Where TensorFlow starts to join fingerprints. */
const HASH_KEY = 0xdecafcaffen;

/** A layer that gives combinations of features categories by their hashes. */
export class HashedCrossing extends HostLayer {
  readonly #config: HashedCrossingConfig;

  constructor(config: HashedCrossingConfig, options: LayerOptions) {
    super(RULES.type, options);
    this.#config = config;
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...this.#config };
  }

  protected override encode(inputs: Texts | Several<TensorLike>): Tensor {
    const { numBins, outputMode } = this.#config;
    const features = requireFeatures(inputs).map(fingerprintsOf);
    const { shape, items } = requireOneShape(features);
    const bins = items.map((_, i) => {
      const joined = features.reduce(
        (hash, feature) => joinFingerprints(hash, at(feature.items, i)),
        HASH_KEY,
      );
      return Number(joined % BigInt(numBins));
    });
    const categories = fromHost(Int32Array.from(bins), shape, 'int32');
    return outputMode === 'int'
      ? categories
      : encodeCategories(categories, 'oneHot', numBins, { dtype: this.dtype });
  }
}

interface Fingerprints {
  readonly items: readonly bigint[];
  readonly shape: Shape;
}

function requireFeatures(inputs: unknown): readonly (Texts | TensorLike)[] {
  if (Array.isArray(inputs) && inputs.length >= 2) return inputs;
  throw new AntlerValueError({
    where: 'input',
    expected: 'a list of at least two features',
    got: Array.isArray(inputs) ? `${inputs.length}` : typeof inputs,
  });
}

/** Those of texts; whole numbers stand for themselves. */
function fingerprintsOf(feature: Texts | TensorLike): Fingerprints {
  if (holdsText(feature)) {
    const { items, shape } = textsOf(feature as Texts, 'input');
    return { items: items.map((text) => fingerprint64(new TextEncoder().encode(text))), shape };
  }
  const numbers = feature instanceof Tensor ? feature : toTensor(feature as TensorLike, 'input');
  const items = Array.from(numbers.dataSync(), (x) => wrap64(BigInt(Math.trunc(x))));
  return { items, shape: numbers.shape };
}

function requireOneShape(features: readonly Fingerprints[]): Fingerprints {
  const first = at(features, 0);
  const isColumn = first.shape.length < 2 || (first.shape.length === 2 && first.shape[1] === 1);
  if (isColumn && features.every(({ shape }) => sameShape(shape, first.shape))) return first;
  throw new AntlerShapeError({
    where: 'input',
    expected: 'features of one shape, [], [batch] or [batch, 1]',
    got: features.map(({ shape }) => formatShape(shape)).join(', '),
  });
}

/**
 * Combinations of two or more features, texts or whole numbers [batch] or [batch, 1] each, as categories in [0, numBins)
 * by their hashes: int32, or unit vectors [batch, numBins] with `oneHot`. Works on the host, before a model. As Keras 3
 * and TensorFlow.
 */
export function hashedCrossing(
  options: Pick<HashedCrossingConfig, 'numBins'> & Partial<HashedCrossingConfig> & LayerOptions,
): HashedCrossing {
  const [base, own] = separate(options);
  return new HashedCrossing(completeConfig(RULES, own) as HashedCrossingConfig, base);
}

import { kerasKey, ownKey } from '../../layers/keras-keys.ts';
import * as losses from '../../losses/index.ts';

/** Losses whose class in Keras is not simply our name with a capital letter. */
const CLASSES: Readonly<Record<string, string>> = {
  kullbackLeibler: 'KLDivergence',
  ctc: 'CTC',
  categoricalGeneralizedCrossEntropy: 'CategoricalGeneralizedCrossEntropy',
};

/** Keras's short and old names of losses, and of metrics that measure the same. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  mape: 'meanAbsolutePercentageError',
  msle: 'meanSquaredLogarithmicError',
  bce: 'binaryCrossentropy',
  kld: 'kullbackLeibler',
  kl_divergence: 'kullbackLeibler',
  kullback_leibler_divergence: 'kullbackLeibler',
  logcosh: 'logCosh',
  acc: 'accuracy',
};

/** Keras's class of a loss of ours. */
export function kerasLossClass(name: string): string {
  return CLASSES[name] ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** Keras's name of a loss of ours. */
export function kerasLossName(name: string): string {
  return name === 'kullbackLeibler' ? 'kl_divergence' : kerasKey(name);
}

/** Our name of a loss or metric of Keras, given by its name or its class. */
export function ownLossName(theirs: string): string {
  const other = Object.hasOwn(OTHER_NAMES, theirs.toLowerCase())
    ? OTHER_NAMES[theirs.toLowerCase()]
    : undefined;
  const byClass = Object.keys(losses).find(
    (name) => kerasLossClass(name).toLowerCase() === theirs.toLowerCase(),
  );
  return other ?? byClass ?? ownKey(theirs);
}

import { kerasKey, ownKey } from '../../layers/keras-keys.ts';

/** Options whose value is one of a few names, which are ours in camelCase and Keras's in snake_case. */
const NAMED_VALUES: ReadonlySet<string> = new Set([
  'activation',
  'recurrentActivation',
  'dataFormat',
  'mode',
  'distribution',
  'outputMode',
  'reduction',
  'standardize',
]);

/** Names of activations that older files use. */
const OLD_NAMES: Readonly<Record<string, string>> = { swish: 'silu', hard_swish: 'hard_silu' };

/** Keras's value of an option that is a text. */
export function kerasText(option: string, value: string): string {
  return NAMED_VALUES.has(option) ? kerasKey(value) : value;
}

/** Our value of an option that is a text. */
export function ownText(option: string, value: string): string {
  return NAMED_VALUES.has(option) ? ownKey(OLD_NAMES[value] ?? value) : value;
}

import { completeConfig, type OptionRules, separate } from '../define-layer.ts';
import type { LayerOptions } from '../layer-options.ts';
import type { RecurrentCell } from './cell.ts';
import { RecurrentLayer, type RecurrentResult } from './recurrent-layer.ts';
import { RECURRENT_DEFAULTS, type RecurrentConfig } from './rnn-config.ts';

/** Makes a layer whose options are those of its cell and of all recurrent layers. */
export function makeRecurrent<Config extends object, Result extends RecurrentResult>(
  type: string,
  rules: object,
  CellClass: new (config: Config, options: LayerOptions) => RecurrentCell,
  options: object,
): RecurrentLayer<Result> {
  const [base, own] = separate(options);
  const cellRules = rules as OptionRules;
  const config = completeConfig(
    { ...cellRules, type, defaults: { ...cellRules.defaults, ...RECURRENT_DEFAULTS } },
    own,
  );
  const names = Object.keys(RECURRENT_DEFAULTS);
  const part = (isSetting: boolean) =>
    Object.fromEntries(Object.entries(config).filter(([name]) => names.includes(name) === isSetting));
  const { dtype = 'float32', trainable = true } = base;
  const cell = new CellClass(part(false) as Config, { dtype, trainable });
  return new RecurrentLayer({ type, hasOwnCell: true }, cell, part(true) as unknown as RecurrentConfig, base);
}

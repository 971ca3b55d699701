import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { LayerOptions } from '../layer-options.ts';
import { RecurrentCell } from './cell.ts';
import { RecurrentLayer, type RecurrentResult } from './recurrent-layer.ts';
import { RECURRENT_DEFAULTS, type RecurrentConfig } from './rnn-config.ts';
import { stackedRNNCells } from './stacked-rnn-cells.ts';

/** Options of `rnn`. */
export interface RNNOptions extends Partial<RecurrentConfig>, LayerOptions {
  /** A cell, or several one upon the other. */
  readonly cell: RecurrentCell | readonly RecurrentCell[];
}

const RULES = { type: 'RNN', required: ['cell'], defaults: RECURRENT_DEFAULTS, check: requireCell };

/**
 * Any cell along the time: [batch, time, ...] to [batch, units], or with `returnSequences` [batch, time, units]. First
 * states may follow the input, masked steps change nothing. As Keras 3.
 */
export function rnn(options: RNNOptions & { readonly returnState: true }): RecurrentLayer<readonly Tensor[]>;
export function rnn(options: RNNOptions): RecurrentLayer;
export function rnn(options: RNNOptions): RecurrentLayer<RecurrentResult> {
  const [base, own] = separate(options);
  const { cell, ...settings } = completeConfig(RULES, own) as RecurrentConfig & Pick<RNNOptions, 'cell'>;
  const one = cell instanceof RecurrentCell ? cell : stackedRNNCells({ cells: cell });
  return new RecurrentLayer({ type: 'RNN', hasOwnCell: false }, one, settings, base);
}

function requireCell(config: object, where: string): void {
  const { cell } = config as Pick<RNNOptions, 'cell'>;
  const isCell = (value: unknown) => value instanceof RecurrentCell;
  if (Array.isArray(cell) ? cell.length > 0 && cell.every(isCell) : isCell(cell)) return;
  throw new AntlerValueError({
    where,
    expected: 'a cell, or a list of cells',
    got: Array.isArray(cell) ? 'a list of other things' : typeof cell,
    fix: 'write rnn({ cell: lstmCell({ units: 64 }) })',
  });
}

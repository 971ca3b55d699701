import type { Tensor } from '../../tensor/tensor.ts';
import { LSTM_CELL, LSTMCell, type LSTMCellOptions } from './lstm-cell.ts';
import { makeRecurrent } from './make-recurrent.ts';
import type { RecurrentLayer, RecurrentResult } from './recurrent-layer.ts';
import type { RecurrentConfig } from './rnn-config.ts';

/** Options of `lstm`. */
export type LSTMOptions = LSTMCellOptions & Partial<RecurrentConfig>;

/**
 * Long short-term memory along the time (Hochreiter and Schmidhuber 1997); states h and c: [batch, time, features] to [batch, units], or with
 * `returnSequences` [batch, time, units]. First states may follow the input, masked steps change nothing. As Keras 3.
 */
export function lstm(
  options: LSTMOptions & { readonly returnState: true },
): RecurrentLayer<readonly Tensor[]>;
export function lstm(options: LSTMOptions): RecurrentLayer;
export function lstm(options: LSTMOptions): RecurrentLayer<RecurrentResult> {
  return makeRecurrent('LSTM', LSTM_CELL, LSTMCell, options);
}

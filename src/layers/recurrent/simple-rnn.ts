import type { Tensor } from '../../tensor/tensor.ts';
import { makeRecurrent } from './make-recurrent.ts';
import type { RecurrentLayer, RecurrentResult } from './recurrent-layer.ts';
import type { RecurrentConfig } from './rnn-config.ts';
import { SIMPLE_RNN_CELL, SimpleRNNCell, type SimpleRNNCellOptions } from './simple-rnn-cell.ts';

/** Options of `simpleRNN`. */
export type SimpleRNNOptions = SimpleRNNCellOptions & Partial<RecurrentConfig>;

/**
 * activation(x kernel + h recurrentKernel + bias) along the time: [batch, time, features] to [batch, units], or with
 * `returnSequences` [batch, time, units]. First states may follow the input, masked steps change nothing. As Keras 3.
 */
export function simpleRNN(
  options: SimpleRNNOptions & { readonly returnState: true },
): RecurrentLayer<readonly Tensor[]>;
export function simpleRNN(options: SimpleRNNOptions): RecurrentLayer;
export function simpleRNN(options: SimpleRNNOptions): RecurrentLayer<RecurrentResult> {
  return makeRecurrent('SimpleRNN', SIMPLE_RNN_CELL, SimpleRNNCell, options);
}

import type { Tensor } from '../../tensor/tensor.ts';
import { GRU_CELL, GRUCell, type GRUCellOptions } from './gru-cell.ts';
import { makeRecurrent } from './make-recurrent.ts';
import type { RecurrentLayer, RecurrentResult } from './recurrent-layer.ts';
import type { RecurrentConfig } from './rnn-config.ts';

/** Options of `gru`. */
export type GRUOptions = GRUCellOptions & Partial<RecurrentConfig>;

/**
 * Gated recurrent units along the time (Cho 2014): [batch, time, features] to [batch, units], or with
 * `returnSequences` [batch, time, units]. First states may follow the input, masked steps change nothing. As Keras 3.
 */
export function gru(options: GRUOptions & { readonly returnState: true }): RecurrentLayer<readonly Tensor[]>;
export function gru(options: GRUOptions): RecurrentLayer;
export function gru(options: GRUOptions): RecurrentLayer<RecurrentResult> {
  return makeRecurrent('GRU', GRU_CELL, GRUCell, options);
}

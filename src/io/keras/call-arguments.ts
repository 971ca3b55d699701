/** Layers whose several inputs are arguments of their own in Keras, with their names. */
const SEPARATE: Readonly<Record<string, readonly string[]>> = {
  MultiHeadAttention: ['query', 'value', 'key'],
  GroupQueryAttention: ['query', 'value', 'key'],
};

/** Layers that take a sequence, and first states as an argument of their own. */
const RECURRENT: ReadonlySet<string> = new Set([
  'RNN',
  'SimpleRNN',
  'LSTM',
  'GRU',
  'Bidirectional',
  'ConvLSTM1D',
  'ConvLSTM2D',
  'ConvLSTM3D',
]);

/** How a class of Keras takes several inputs: as one list, as arguments, or as a sequence and states. */
export type CallForm = 'list' | 'recurrent' | readonly string[];

/** The form of calls of a class. */
export function callFormOf(type: string): CallForm {
  if (Object.hasOwn(SEPARATE, type)) return SEPARATE[type] ?? 'list';
  return RECURRENT.has(type) ? 'recurrent' : 'list';
}

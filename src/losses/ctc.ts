import { ctcLoss } from './ctc-loss.ts';
import { defineLoss } from './loss.ts';

/**
 * Connectionist temporal classification, see `ctcLoss`: logits [batch, time, classes] and labels [batch, length] to
 * [batch]. Class 0 is the blank; shorter label sequences are filled up with 0 behind.
 */
export const ctc = defineLoss({
  name: 'ctc',
  labels: 'sequences',
  defaults: {},
  perExample: (_config, labels, logits) => ctcLoss(labels, logits),
});

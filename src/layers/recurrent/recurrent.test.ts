import { describe, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectRecurrent, type RecurrentCase } from '../../../test/support/recurrent-golden.ts';
import { at } from '../../util/errors.ts';
import { dense } from '../core/dense.ts';
import { embedding } from '../core/embedding.ts';
import { masking } from '../core/masking.ts';
import type { AnyLayer } from '../layer.ts';
import { bidirectional } from './bidirectional.ts';
import type { RecurrentCell } from './cell.ts';
import { gru } from './gru.ts';
import { gruCell } from './gru-cell.ts';
import { lstm } from './lstm.ts';
import { lstmCell } from './lstm-cell.ts';
import { rnn } from './rnn.ts';
import { simpleRNN } from './simple-rnn.ts';
import { simpleRNNCell } from './simple-rnn-cell.ts';
import { timeDistributed } from './time-distributed.ts';

const LAYERS: Record<string, (options: never) => AnyLayer> = { embedding, gru, lstm, masking, simpleRNN };
const CELLS: Record<string, (options: { units: number }) => RecurrentCell> = {
  gruCell,
  lstmCell,
  simpleRNNCell,
};

function make({ kind, options, cells, layer }: RecurrentCase): AnyLayer {
  if (kind === 'timeDistributed') return timeDistributed({ layer: dense(options as never) });
  const inner = layer && named(LAYERS, layer.kind)(layer.options as never);
  if (kind === 'bidirectional') return bidirectional({ layer: inner, ...options } as never);
  if (kind !== 'rnn') return named(LAYERS, kind)(options as never);
  const made = (cells ?? []).map(([name, units]) => named(CELLS, name)({ units }));
  return rnn({ cell: made.length > 1 ? made : at(made, 0), ...options });
}

function named<T>(table: Record<string, T>, name: string): T {
  return table[name] as T;
}

describe.each(['recurrent', 'recurrent-cells', 'bidirectional', 'sequences'])('%s', (fixture) => {
  it.each(
    readGolden<RecurrentCase[]>(`layers/${fixture}.json`).map(
      (golden) =>
        [
          `${golden.kind} ${JSON.stringify({ ...golden.options, of: golden.layer ?? golden.cells })}`,
          golden,
        ] as const,
    ),
  )('%s is that of Keras', async (_name, golden) => {
    await expectRecurrent(make(golden), golden);
  });
});

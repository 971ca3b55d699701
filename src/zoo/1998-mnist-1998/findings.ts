import { type Bar, passesBar } from '../card.ts';
import type { Finding } from '../study.ts';
import type { TableRow } from './rows.ts';

/** A row and the error that was measured. */
export interface MeasuredRow {
  readonly row: TableRow;
  readonly error: number;
  /** Of this size of the study. */
  readonly bar: Bar;
}

/** The bar of a row, which fewer digits may miss by `slack` times. */
export function barOf({ bar }: TableRow, slack: number): Bar {
  return { metric: 'testError', atMost: bar * slack };
}

/** The fraction of rows that reach their bars. */
export function passedFraction(rows: readonly MeasuredRow[]): number {
  return rows.filter(({ bar, error }) => passesBar(bar, error)).length / rows.length;
}

/** The rows as the report has them. */
export function tableFindings(rows: readonly MeasuredRow[]): Finding[] {
  return rows.map(({ row, error, bar }) => ({
    name: row.name,
    metric: 'testError',
    value: error,
    bar,
    published: { value: row.published, where: 'Proc. IEEE 86, fig. 9' },
  }));
}

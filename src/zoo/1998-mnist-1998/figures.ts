import { barChart } from '../../plot/index.ts';
import type { Figure } from '../study.ts';
import type { MeasuredRow } from './findings.ts';

/** The table as bars, beside what was published. */
export function drawTable(rows: readonly MeasuredRow[]): Figure {
  const svg = barChart({
    title: 'Errors on the MNIST test digits, 1998 and now',
    unit: 'test error, %',
    series: ['published 1998', 'measured'],
    groups: rows.map(({ row, error }) => ({ name: row.name, values: [100 * row.published, 100 * error] })),
    format: (percent) => percent.toFixed(2),
    width: 760,
  });
  const caption =
    'Each method of the comparison of 1998, and what it reaches today. The order is that of the paper: from linear units to ' +
    'convolutional networks the errors fall by more than ten times. Where bars differ most, it is training that improved.';
  return { title: 'The comparison table of 1998', caption, svg };
}

import { mnist } from '../../data/mnist.ts';
import { defineStudy, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { prepareDigits } from './digits.ts';
import { drawTable } from './figures.ts';
import { barOf, type MeasuredRow, passedFraction, tableFindings } from './findings.ts';
import { TABLE, type TableRow } from './rows.ts';

interface Settings {
  readonly train: number;
  readonly test: number;
  readonly rows: readonly TableRow[];
  /** How many times its bar an error may be, since there are fewer digits to learn from. */
  readonly slack: number;
}

const FULL: Settings = { train: 60_000, test: 10_000, rows: TABLE, slack: 1 };

/** Of each kind of method one that is quick. */
const SHORT_ROWS = [
  'Linear, least squares, deslanted',
  'k nearest neighbours, deslanted',
  'Tangent distance, 16 x 16',
  '300 hidden units, deslanted',
  'LeNet-1',
];

const SHORT: Settings = {
  train: 4000,
  test: 1000,
  rows: TABLE.filter(({ name }) => SHORT_ROWS.includes(name)),
  slack: 5,
};

async function run(lab: Lab, { train, test, rows, slack }: Settings): Promise<Findings> {
  const dataset = await mnist(lab.dataOptions);
  const digits = prepareDigits(dataset, { train, test });
  const measured: MeasuredRow[] = [];
  for (const row of rows) {
    const error = await lab.part(row.name, (progress) => row.measure(digits, lab.seed, progress));
    measured.push({ row, error, bar: barOf(row, slack) });
  }
  return {
    value: passedFraction(measured),
    data: dataset.source.location,
    findings: tableFindings(measured),
    figures: [drawTable(measured)],
  };
}

/** The methods that were compared on handwritten digits in 1998. LeCun, Bottou, Bengio, Haffner 1998, figure 9. */
export const mnist1998 = defineSystem({
  id: 'mnist-1998',
  year: 1998,
  title: 'The comparison table of 1998',
  bar: { metric: 'rowsPassedFraction', atLeast: 1 },
  study: defineStudy<Settings>({
    data: ['mnist'],
    budgetSeconds: 600,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'rowsPassedFraction', atLeast: 1 } },
    run,
  }),
});

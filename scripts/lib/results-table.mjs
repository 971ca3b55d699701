/** The results of `antler reproduce` as the README shows them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepo } from './paths.mjs';

const FOLDER = inRepo('results');
const BEGIN = '<!-- results: npm run results -- table -->';
const END = '<!-- end of results -->';

/** Every committed result, oldest system first. */
export function readResults() {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')))
    .sort((a, b) => a.year - b.year || (a.system < b.system ? -1 : 1));
}

/** Puts the table between its marks. */
export function withTable(readme, results) {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for the results: ${BEGIN} ... ${END}`);
  return `${readme.slice(0, from)}${BEGIN}\n${table(results)}\n${readme.slice(to)}`;
}

function table(results) {
  return [
    '| system | measured | bar | published | seeds | seconds |',
    '|---|---|---|---|---|---|',
    ...results.map(row),
  ].join('\n');
}

function row({ system, year, title, metric, direction, bar, published, runs }) {
  const values = runs.map(({ value }) => figure(metric, value));
  const missed = runs.filter(({ passed }) => !passed).length;
  const measured =
    missed > 0 ? `${values.join(', ')} (${missed} of ${runs.length} miss a bar)` : values.join(', ');
  const cells = [
    `${year} [${title}](src/zoo/${folderOf(system)})`,
    `${words(metric)} ${measured}`,
    `${direction === 'atLeast' ? '≥' : '≤'} ${figure(metric, bar)}`,
    published === null ? '' : figure(metric, published),
    runs.map(({ seed }) => seed).join(', '),
    seconds(runs),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Rounded, with the threads where they were not two, the size of machine that the time budgets mean. */
function seconds(runs) {
  const note = (threads) => (threads === 2 ? '' : ` (${threads} thread${threads === 1 ? '' : 's'})`);
  return runs.map((run) => `${Math.round(run.seconds)}${note(run.threads)}`).join(', ');
}

function folderOf(system) {
  const folders = readdirSync(inRepo('src/zoo'));
  return folders.find((folder) => folder.replace(/^\d{4}-/, '') === system) ?? '';
}

function figure(metric, value) {
  const isFraction = /(accuracy|error|fraction|rate)$/i.test(metric) && Math.abs(value) <= 1;
  return isFraction ? `${Number((100 * value).toFixed(2))} %` : `${Number(value.toPrecision(4))}`;
}

function words(camelCase) {
  return camelCase.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

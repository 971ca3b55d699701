import { html, trusted } from '../../plot/html.ts';
import { lineChart } from '../../plot/line-chart.ts';
import type { Trial } from '../../tuning/trial.ts';
import type { Tuning } from '../../tuning/tune.ts';
import type { SystemSearch, WorkingSystem } from '../../zoo/system.ts';
import { drawFactTable } from '../report/facts.ts';
import { REPORT_STYLE } from '../report/style.ts';
import { duration, metricValue, words } from '../terminal/format.ts';

export interface TuneReportData {
  readonly system: WorkingSystem;
  readonly searched: SystemSearch;
  readonly method: string;
  readonly tuning: Tuning<SystemSearch['space']>;
  readonly seconds: number;
}

/** The report of a search as one HTML page: the best so far, and the metric over each ordered parameter. */
export function writeTuneReport({ system, searched, method, tuning, seconds }: TuneReportData): string {
  const { best, trials } = tuning;
  const { metric, space } = searched;
  const done = trials.filter((trial): trial is Trial & { value: number } => trial.value !== undefined);
  const settings = Object.entries(best.values).map(([name, value]) => [words(name), `${value}`]);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${system.title}: a search</title><style>${trusted(REPORT_STYLE)}</style></head>
<body><main><header><p class="origin">${method}</p><h1>${system.title}: a search</h1>
<p>${trials.length} trials, ${trials.length - done.length} failed, ${duration(seconds)}. Best ${words(metric)}:
${metricValue(metric, best.value)}, trial ${best.number}.</p></header>
<section><h2>The best settings</h2><div class="facts">${drawFactTable(Object.fromEntries(settings))}</div></section>
<section><h2>Every trial, and the best so far</h2><figure class="picture">${trusted(progress(done, metric))}</figure></section>
<section><h2>${words(metric)} over each parameter</h2><div class="charts">${Object.keys(space)
    .filter((name) => space[name]?.isOrdered)
    .map(
      (name) =>
        html`<figure class="picture">${trusted(overParameter(done, name, metric, space[name]?.description ?? ''))}</figure>`,
    )}</div></section>
</main></body></html>
`.text;
}

type Done = Trial & { readonly value: number };

function progress(done: readonly Done[], metric: string): string {
  const numbers = done.map(({ number }) => number);
  const values = done.map(({ value }) => value);
  const best = values.map((_, i) => Math.min(...values.slice(0, i + 1)));
  return lineChart({
    title: 'Every trial, and the best so far',
    x: { label: 'trial' },
    y: { label: words(metric) },
    series: [
      { name: 'trial', x: numbers, y: values, style: 'points' },
      { name: 'best so far', x: numbers, y: best, style: 'steps' },
    ],
  });
}

function overParameter(done: readonly Done[], name: string, metric: string, description: string): string {
  const placed = done.map(({ values, value }) => ({ x: Number(values[name]), value }));
  return lineChart({
    title: words(name),
    x: { label: words(name), scale: description.startsWith('log') ? 'log' : 'linear' },
    y: { label: words(metric) },
    series: [
      { name: 'trial', x: placed.map(({ x }) => x), y: placed.map(({ value }) => value), style: 'points' },
    ],
  });
}

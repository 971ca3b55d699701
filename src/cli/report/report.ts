import { type Html, html, trusted } from '../../plot/html.ts';
import { type ChartSeries, lineChart } from '../../plot/line-chart.ts';
import { barValue, passesBar, publishedFigure } from '../../zoo/card.ts';
import type { EpochRecord } from '../run/epoch-record.ts';
import { duration, grouped, metricValue, percent, words } from '../terminal/format.ts';
import { drawConfusion } from './confusion.ts';
import { drawFactTable } from './facts.ts';
import { drawMistakes } from './mistakes.ts';
import type { ReportData } from './report-data.ts';
import { REPORT_STYLE } from './style.ts';

/** The report of a run as one HTML page that needs nothing but itself. */
export function writeReport(data: ReportData): string {
  const { system, evaluation, classes } = data;
  const wrong = evaluation.mistakes.length;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${system.title}: ${percent(evaluation.accuracy)}</title><style>${trusted(REPORT_STYLE)}</style></head>
<body><main>
${drawHeader(data)}
${data.history.length > 0 ? drawTraining(data) : undefined}
<section><h2>What it confuses</h2>
<p>${sentenceOnMistakes(data)}</p>
${drawConfusion(evaluation, classes)}</section>
${wrong > 0 ? html`<section><h2>Its worst mistakes</h2><p>Those it was surest of, worst first.</p>${drawMistakes(evaluation, classes)}</section>` : undefined}
${drawFacts(data)}
</main></body></html>
`.text;
}

function drawHeader(data: ReportData): Html {
  const { system, evaluation, parameters, seconds, startedAt } = data;
  return html`<header><p class="origin">${system.year}</p>
<h1>${system.title}</h1>
<p>${grouped(parameters)} parameters, measured on ${grouped(evaluation.count)} test images it never learnt from.
Run of ${startedAt.toISOString().slice(0, 10)}, ${duration(seconds)}.</p>
${drawFigures(data)}</header>`;
}

/** The published figure, the bar and this run, side by side in one metric. */
function drawFigures({ system, evaluation }: ReportData): Html {
  const { bar, published } = system;
  const { metric } = bar;
  const value = metric === 'testError' ? 1 - evaluation.accuracy : evaluation.accuracy;
  const comparable = publishedFigure(system);
  const passed = passesBar(bar, value);
  return html`<dl class="figures">
${comparable === undefined ? undefined : html`<div><dt>published</dt><dd>${metricValue(metric, comparable)}<small>${published?.where}</small></dd></div>`}
<div><dt>bar</dt><dd>${metricValue(metric, barValue(bar))}<small>${'atLeast' in bar ? 'at least' : 'at most'}, ${words(metric)}</small></dd></div>
<div class="own"><dt>this run</dt><dd>${metricValue(metric, value)}<small class="${passed ? 'passed' : 'missed'}">${passed ? '✓ reaches the bar' : '✗ misses the bar'}</small></dd></div>
<div><dt>wrong</dt><dd>${grouped(evaluation.mistakes.length)}<small>of ${grouped(evaluation.count)} test images</small></dd></div>
</dl>`;
}

function drawTraining({ history, system }: ReportData): Html {
  const { bar } = system;
  const level =
    bar.metric === 'testAccuracy' ? [{ value: barValue(bar), name: `bar ${percent(barValue(bar))}` }] : [];
  const epochs = { label: 'epoch', format: (epoch: number) => (Number.isInteger(epoch) ? `${epoch}` : '') };
  const loss = lineChart({
    title: 'Loss',
    x: epochs,
    y: {
      label: 'cross-entropy in nats',
      scale: history.every((record) => record.loss > 0) ? 'log' : 'linear',
      format: (value) => `${Number(value.toPrecision(3))}`,
    },
    series: curves(history, 'loss', 'validationLoss'),
  });
  const accuracy = lineChart({
    title: 'Accuracy',
    x: epochs,
    y: { label: 'accuracy', format: (value) => `${Number((100 * value).toFixed(2))} %` },
    series: curves(history, 'accuracy', 'validationAccuracy'),
    levels: level,
  });
  return html`<section><h2>How it learnt</h2><div class="charts">${trusted(loss)}${trusted(accuracy)}</div></section>`;
}

type Metric = 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy';

function curves(history: readonly EpochRecord[], training: Metric, validation: Metric): ChartSeries[] {
  const curve = (name: string, metric: Metric) => {
    const points = history.flatMap(({ epoch, [metric]: value }) =>
      value === undefined ? [] : [{ epoch, value }],
    );
    return { name, x: points.map(({ epoch }) => epoch), y: points.map(({ value }) => value) };
  };
  const all: ChartSeries[] = [
    curve('training', training),
    { ...curve('validation', validation), style: 'dashed' },
  ];
  return all.filter(({ y }) => y.length > 0);
}

function sentenceOnMistakes({ evaluation, classes }: ReportData): string {
  const { confusion, mistakes } = evaluation;
  const pairs = confusion.flatMap((row, label) =>
    row.flatMap((count, answer) => (answer === label || count === 0 ? [] : [{ label, answer, count }])),
  );
  const worst = pairs.sort((a, b) => b.count - a.count)[0];
  if (!worst) return 'Nothing: every test image is read rightly.';
  const slip = `${classes[worst.label]} read as ${classes[worst.answer]}`;
  if (mistakes.length === 1) return `One image is read wrongly: ${slip}.`;
  const times = worst.count === 1 ? 'once' : `${worst.count} times`;
  return `${mistakes.length} images are read wrongly. The most common slip: ${slip}, ${times}.`;
}

function drawFacts({ settings, machine, weightsSha256 }: ReportData): Html {
  return html`<section><h2>How to get this again</h2><p>The same settings and seed give the same weights, bit for bit.</p>
<div class="facts">${drawFactTable(settings)}${drawFactTable(machine)}</div>
<div class="facts"><table><tbody><tr><th scope="row">weights, SHA-256</th><td><code>${weightsSha256}</code></td></tr></tbody></table></div></section>`;
}

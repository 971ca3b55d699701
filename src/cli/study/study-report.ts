import { type Html, html, trusted } from '../../plot/html.ts';
import type { Finding, Findings } from '../../zoo/study.ts';
import type { StudiedSystem } from '../../zoo/system.ts';
import { drawFactTable } from '../report/facts.ts';
import { REPORT_STYLE } from '../report/style.ts';
import { machineFacts } from '../run/run-facts.ts';
import { duration, metricValue, words } from '../terminal/format.ts';
import type { StudyConfig } from './study-config.ts';
import type { JudgedFinding, StudyOutcome } from './study-outcome.ts';

export interface StudyReportData {
  readonly system: StudiedSystem;
  readonly config: StudyConfig;
  readonly findings: Findings;
  readonly outcome: StudyOutcome;
}

/** The report of a study as one HTML page that needs nothing but itself. */
export function writeStudyReport(data: StudyReportData): string {
  const { system, findings } = data;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${system.title}</title><style>${trusted(REPORT_STYLE)}</style></head>
<body><main>
${drawHeader(data)}
${findings.findings.length > 0 ? drawFindings(data) : undefined}
${findings.figures.map(
  ({ title, caption, svg }) =>
    html`<section><h2>${title}</h2><p>${caption}</p><figure class="picture">${trusted(svg)}</figure></section>
`,
)}
${drawFacts(data)}
</main></body></html>
`.text;
}

function drawHeader({ system, config, findings, outcome }: StudyReportData): Html {
  const { metric, value, bar, published, passed, seconds } = outcome;
  const direction = 'atLeast' in system.bar ? 'at least' : 'at most';
  return html`<header><p class="origin">${system.year}</p>
<h1>${system.title}</h1>
<p>Data: ${findings.data}. Run of ${config.startedAt.slice(0, 10)}, ${duration(seconds)}${
    config.size === 'short' ? ', in its short form' : ''
  }.</p>
<dl class="figures">
${published === null ? undefined : html`<div><dt>published</dt><dd>${metricValue(metric, published)}<small>${system.published?.where}</small></dd></div>`}
<div><dt>bar</dt><dd>${metricValue(metric, bar)}<small>${direction}, ${words(metric)}</small></dd></div>
<div class="own"><dt>this run</dt><dd>${metricValue(metric, value)}<small class="${passed ? 'passed' : 'missed'}">${passed ? '✓ reaches every bar' : '✗ misses a bar'}</small></dd></div>
</dl></header>`;
}

function drawFindings({ findings: { findings }, outcome }: StudyReportData): Html {
  return html`<section><h2>What was found</h2><div class="findings"><table>
<thead><tr><th scope="col">finding</th><th scope="col">measured</th><th scope="col">bar</th><th scope="col">published</th><th scope="col"></th></tr></thead>
<tbody>${outcome.findings.map((judged, index) => drawFinding(judged, findings[index]))}</tbody></table></div></section>`;
}

function drawFinding(
  { name, metric, value, bar, passed }: JudgedFinding,
  finding: Finding | undefined,
): Html {
  const published = finding?.published;
  const sign = finding?.bar && 'atLeast' in finding.bar ? '≥' : '≤';
  const limit = bar === null ? undefined : `${sign} ${metricValue(metric, bar)}`;
  return html`<tr><th scope="row">${name}<small>${words(metric)}</small></th><td>${metricValue(metric, value)}</td>
<td>${limit}</td><td>${published && metricValue(metric, published.value)}<small>${published?.where}</small></td>
<td class="${passed === false ? 'missed' : 'passed'}">${passed === null ? '' : passed ? '✓' : '✗'}</td></tr>
`;
}

function drawFacts({ system, config }: StudyReportData): Html {
  const { seed, size } = config;
  const short = size === 'short' ? ' --short' : '';
  const settings = {
    system: system.id,
    seed: `${seed}`,
    command: `antler reproduce ${system.id} --seed ${seed}${short}`,
  };
  return html`<section><h2>How to get this again</h2><p>The same seed gives the same figures, on any number of threads.</p>
<div class="facts">${drawFactTable(settings)}${drawFactTable(machineFacts(config))}</div></section>`;
}

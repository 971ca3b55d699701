import { z } from 'zod';
import { barValue, publishedFigure } from '../../zoo/card.ts';
import { systems } from '../../zoo/index.ts';
import type { System } from '../../zoo/system.ts';
import { defineCommand, EXIT } from '../command.ts';
import { metricValue, words } from '../terminal/format.ts';
import type { Output } from '../terminal/output.ts';
import { formatTable } from '../terminal/table.ts';

export const list = defineCommand({
  name: 'list',
  summary: 'Show every system of the lecture',
  arguments: z.object({}),
  options: z.object({}),
  examples: ['antler list', 'antler list --json'],
  async action(_values, { out }) {
    printTable(out);
    out.result(systems.map(describeSystem));
    return EXIT.done;
  },
});

function describeSystem(system: System) {
  const { id, year, title, status, bar, published } = system;
  return {
    id,
    year,
    title,
    status,
    bar: barValue(bar),
    metric: bar.metric,
    passes: 'atLeast' in bar ? 'atLeast' : 'atMost',
    published: published ?? null,
  };
}

function printTable(out: Output): void {
  const head = ['year', 'id', 'title', 'bar', 'published', 'status'].map((title) => out.style('dim', title));
  for (const line of formatTable([head, ...systems.map((system) => row(system, out))])) out.line(line);
  const working = systems.filter(({ status }) => status === 'works').length;
  out.line();
  out.line(`${working} of ${systems.length} run today; try ${out.style('bold', 'antler reproduce lenet5')}`);
}

function row(system: System, out: Output): string[] {
  const works = system.status === 'works';
  return [
    `${system.year}`,
    works ? out.style('bold', system.id) : system.id,
    system.title,
    barInWords(system),
    publishedInWords(system),
    works ? out.style('green', 'works') : out.style('dim', 'planned'),
  ];
}

function barInWords({ bar }: System): string {
  const sign = 'atLeast' in bar ? '>=' : '<=';
  return `${words(bar.metric)} ${sign} ${metricValue(bar.metric, barValue(bar))}`;
}

/** In the bar's own metric where it can be compared, as printed where not. */
function publishedInWords(system: System): string {
  const { published, bar } = system;
  const comparable = publishedFigure(system);
  if (comparable !== undefined) return metricValue(bar.metric, comparable);
  return published ? `${metricValue(published.metric, published.value)} ${words(published.metric)}` : '-';
}

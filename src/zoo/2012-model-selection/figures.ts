import { lineChart } from '../../plot/line-chart.ts';
import { panels } from '../../plot/panels.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { finalError, type TableRun } from './table.ts';

/** The best error for each depth and width, and where the other settings must lie to reach it. */
export function drawFigures(table: readonly TableRun[]): Figure[] {
  return [
    {
      title: 'How many layers, how many filters',
      caption:
        'Validation error of the best network found for each depth and number of first filters. Deeper and wider ' +
        'networks reach less, with little to be had beyond a few filters.',
      svg: depthByFilters(table),
    },
    {
      title: 'What matters, and what does not',
      caption:
        'Every run of the table over two of its settings. The error follows the learning rate; the size of the ' +
        'batch decides little. A grid spends most of its points on settings that do not matter.',
      svg: panels({
        title: 'Validation error over the learning rate and over the batch size',
        columns: 2,
        panels: [over(table, 'learningRate', 'log'), over(table, 'batchSize', 'log')],
      }),
    },
    {
      title: 'Learning curves',
      caption:
        'Validation error after each epoch for a part of the runs. Most of those that end badly begin badly, ' +
        'which is why halving can stop them early.',
      svg: learningCurves(table),
    },
  ];
}

/** The lower envelope: per depth the best error with at most that many filters. */
function depthByFilters(table: readonly TableRun[]): string {
  const depths = [...new Set(table.map(({ settings }) => settings.layers))].sort();
  return lineChart({
    title: 'Best validation error by depth and filters',
    x: { label: 'filters of the first layer' },
    y: { label: 'validation error, %', scale: 'log' },
    series: depths.map((depth) => {
      const runs = table.filter(({ settings }) => settings.layers === depth);
      const widths = [...new Set(runs.map(({ settings }) => settings.filters))].sort((a, b) => a - b);
      const best = widths.map((width) =>
        Math.min(
          ...runs.filter(({ settings }) => settings.filters <= width).map((run) => 100 * finalError(run)),
        ),
      );
      return { name: `${depth} layer${depth > 1 ? 's' : ''}`, x: widths, y: best, style: 'steps' } as const;
    }),
  });
}

function over(
  table: readonly TableRun[],
  name: 'learningRate' | 'batchSize',
  scale: 'log' | 'linear',
): string {
  const label = name === 'learningRate' ? 'learning rate' : 'batch size';
  return lineChart({
    title: label,
    x: { label, scale },
    y: { label: 'validation error, %', scale: 'log' },
    series: [
      {
        name: 'run',
        x: table.map(({ settings }) => settings[name]),
        y: table.map((run) => 100 * finalError(run)),
        style: 'points',
      },
    ],
    width: 440,
  });
}

function learningCurves(table: readonly TableRun[]): string {
  const sorted = [...table].sort((a, b) => finalError(a) - finalError(b));
  const shown = [0, 0.25, 0.5, 0.75, 0.9].map((part) => ({
    part,
    run: at(sorted, Math.floor(part * (sorted.length - 1))),
  }));
  return lineChart({
    title: 'Learning curves',
    x: { label: 'epoch' },
    y: { label: 'validation error, %', scale: 'log' },
    series: shown.map(({ part, run }) => ({
      name: part === 0 ? 'the best' : `better than ${Math.round(100 * (1 - part))} %`,
      x: run.errors.map((_, epoch) => epoch + 1),
      y: run.errors.map((error) => 100 * error),
    })),
  });
}

import { formatBatchShape, formatBatchShapes } from '../layers/batch-shape.ts';
import type { Variable } from '../tensor/variable.ts';
import { bytesPerElement } from '../util/dtypes.ts';
import { sizeOf } from '../util/shapes.ts';
import { alignColumns } from '../util/text-table.ts';
import { isChain, type LayerCost, layerCosts } from './layer-costs.ts';
import { isModel } from './layer-uses.ts';
import type { AnyModel } from './model.ts';

/** Options of `summary`. */
export interface SummaryOptions {
  /** Where the text goes; null for nowhere. Default the console. */
  readonly print?: ((text: string) => void) | null;
}

const HEAD = ['layer (kind)', 'output shape', 'parameters', 'multiply-adds', 'activation'];
const SOURCES = 'connected to';

/** The summary as text. */
export function summarize(model: AnyModel, { print = console.log }: SummaryOptions): string {
  const costs = layerCosts(model);
  const rows = costs.flatMap((cost) => rowsOf(cost, 0));
  const total = (figure: (cost: LayerCost) => number) => costs.reduce((sum, cost) => sum + figure(cost), 0);
  const totals = [
    'total for one example',
    '',
    count(model.countParams()),
    count(total((cost) => cost.multiplyAdds)),
    bytes(total((cost) => cost.activationBytes)),
  ];
  const head = isLinear(model) ? HEAD : [...HEAD, SOURCES];
  const text = [
    `${model.label}, input ${formatBatchShapes(model.requireBuiltShapes('summary'))}`,
    ...table([head, ...rows, totals]),
    weightLine('parameters', model.weights),
    weightLine('trainable', model.trainableWeights),
    weightLine('not trainable', model.nonTrainableWeights),
    ...optimizerLine(model),
  ].join('\n');
  print?.(text);
  return text;
}

/** Whether the layers of the model, and of those inside, follow one another. */
function isLinear(model: AnyModel): boolean {
  return isChain(layerCosts(model)) && model.innerLayers.every((layer) => !isModel(layer) || isLinear(layer));
}

/** The row of a layer, and indented below it those of a model's layers. */
function rowsOf(cost: LayerCost, depth: number): string[][] {
  const { layer } = cost;
  const row = [
    `${'  '.repeat(depth)}${layer.label}`,
    cost.outputShapes.map(formatBatchShape).join(' '),
    count(cost.params),
    count(cost.multiplyAdds),
    bytes(cost.activationBytes),
    cost.sources.join(', '),
  ];
  const inner = isModel(layer) ? layerCosts(layer).flatMap((part) => rowsOf(part, depth + 1)) : [];
  return [row, ...inner];
}

/** Rows in columns as the first has, a rule under the first and above the last; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const head = rows[0] ?? [];
  const isText = (column: number) => column < 2 || column === HEAD.length;
  const alignments = head.map((_, column) => (isText(column) ? 'left' : 'right'));
  const lines = alignColumns(
    rows.map((row) => row.slice(0, head.length)),
    alignments,
  );
  const rule = '-'.repeat(Math.max(...lines.map(({ length }) => length)));
  return [...lines.slice(0, 1), rule, ...lines.slice(1, -1), rule, ...lines.slice(-1)];
}

/** What the optimizer keeps, as soon as it has something. */
function optimizerLine(model: AnyModel): string[] {
  const variables = model.isCompiled ? model.optimizer.variables : [];
  return variables.length > 0 ? [weightLine('optimizer', variables)] : [];
}

function weightLine(name: string, weights: readonly Variable[]): string {
  const elements = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const size = weights.reduce((sum, { shape, dtype }) => sum + sizeOf(shape) * bytesPerElement(dtype), 0);
  return `${name}: ${count(elements)} (${bytes(size)})`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const kibibytes = value / 1024;
  return kibibytes < 1024 ? `${kibibytes.toFixed(1)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}

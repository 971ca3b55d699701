import { type BatchShape, formatBatchShape, withBatch } from '../layers/batch-shape.ts';
import type { AnyLayer } from '../layers/layer.ts';
import type { Variable } from '../tensor/variable.ts';
import { bytesPerElement } from '../util/dtypes.ts';
import { sizeOf } from '../util/shapes.ts';
import type { Model } from './model.ts';
import { multiplyAdds } from './work.ts';

/** Options of `summary`. */
export interface SummaryOptions {
  /** Where the text goes; null for nowhere. Default the console. */
  readonly print?: ((text: string) => void) | null;
}

/** What a layer costs, for one example. */
interface LayerCost {
  readonly label: string;
  readonly outputShape: BatchShape;
  readonly params: number;
  /** Of the forward pass. */
  readonly multiplyAdds: number;
  /** Bytes of the output, which training keeps for the way back. */
  readonly activationBytes: number;
}

/** The cost of each layer of a built model. @throws AntlerValueError before the model is built */
function layerCosts(model: Model): LayerCost[] {
  let shape = model.requireBuiltShape('summary');
  return model.innerLayers.map((layer) => {
    const cost = costOf(layer, shape);
    shape = cost.outputShape;
    return cost;
  });
}

function costOf(layer: AnyLayer, inputShape: BatchShape): LayerCost {
  const outputShape = layer.computeOutputShape(inputShape) as BatchShape;
  return {
    label: layer.label,
    outputShape,
    params: layer.countParams(),
    multiplyAdds: multiplyAdds(layer, inputShape),
    activationBytes: sizeOf(withBatch(outputShape, 1)) * bytesPerElement(layer.dtype),
  };
}

const HEAD = ['layer (kind)', 'output shape', 'parameters', 'multiply-adds', 'activation'];

/** The summary as text. */
export function summarize(model: Model, { print = console.log }: SummaryOptions): string {
  const costs = layerCosts(model);
  const rows = costs.map((cost) => [
    cost.label,
    formatBatchShape(cost.outputShape),
    count(cost.params),
    count(cost.multiplyAdds),
    bytes(cost.activationBytes),
  ]);
  const total = (figure: (cost: LayerCost) => number) => costs.reduce((sum, cost) => sum + figure(cost), 0);
  const totals = [
    'total for one example',
    '',
    count(model.countParams()),
    count(total((cost) => cost.multiplyAdds)),
    bytes(total((cost) => cost.activationBytes)),
  ];
  const text = [
    `${model.label}, input ${formatBatchShape(model.requireBuiltShape('summary'))}`,
    ...table([HEAD, ...rows, totals]),
    weightLine('parameters', model.weights),
    weightLine('trainable', model.trainableWeights),
    weightLine('not trainable', model.nonTrainableWeights),
  ].join('\n');
  print?.(text);
  return text;
}

/** Rows in columns, a rule under the first and above the last; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [...lines.slice(0, 1), rule, ...lines.slice(1, -1), rule, ...lines.slice(-1)];
}

function weightLine(name: string, weights: readonly Variable[]): string {
  const elements = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const size = weights.reduce((sum, { shape, dtype }) => sum + sizeOf(shape) * bytesPerElement(dtype), 0);
  return `${name}: ${count(elements)} (${bytes(size)})`;
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const kibibytes = value / 1024;
  return kibibytes < 1024 ? `${kibibytes.toFixed(1)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}

import { type BatchShape, formatBatchShape, isOneShape } from '../../layers/batch-shape.ts';
import { InputLayer } from '../../layers/core/input.ts';
import type { AnyLayer } from '../../layers/layer.ts';
import { factoryName } from '../../layers/names.ts';
import { partsOf, type Several } from '../../layers/several.ts';
import { isModel, usesOf } from '../layer-uses.ts';
import type { AnyModel } from '../model.ts';
import { Sequential } from '../sequential.ts';
import type { Edge } from './slots.ts';

/** What a drawing of a model shows. */
export interface PlotContent {
  readonly showShapes: boolean;
  readonly showLayerNames: boolean;
  readonly showDtype: boolean;
  readonly expandNested: boolean;
}

/** How a box looks: input, layer with weights, layer without, model. */
export type BoxKind = 'input' | 'weights' | 'plain' | 'model';

/** A layer in the drawing. */
export interface PlotBox {
  readonly name: string;
  readonly kind: BoxKind;
  readonly title: string;
  /** Lines below the title. */
  readonly lines: readonly string[];
  /** The layers of a model that is drawn with what is inside. */
  readonly inside: PlotGraph | undefined;
}

/** The layers of a model, each once, and which takes what another gives. */
export interface PlotGraph {
  readonly boxes: readonly PlotBox[];
  readonly edges: readonly Edge[];
}

/** The drawing of a built model. A model of which no graph is known is one box. */
export function plotGraph(model: AnyModel, content: PlotContent): PlotGraph {
  if (!hasGraph(model)) return { boxes: [boxOf(model, [ownUse(model)], content)], edges: [] };
  const input = model instanceof Sequential ? [inputBox(model, content)] : [];
  const uses = model.innerLayers.map((layer) => usesOf(model, layer));
  const boxes = model.innerLayers.map((layer, i) => boxOf(layer, uses[i] ?? [], content));
  const numbers = new Map(model.innerLayers.map(({ name }, i) => [name, i + input.length]));
  const keys = uses.flatMap((ofLayer, i) =>
    ofLayer.flatMap(({ sources }) => sources.map((name) => `${numbers.get(name)} ${i + input.length}`)),
  );
  if (input.length > 0) keys.unshift('0 1');
  const edges = [...new Set(keys)].map((key) => {
    const [from, to] = key.split(' ').map(Number);
    return { from: Number(from), to: Number(to) };
  });
  return { boxes: [...input, ...boxes], edges };
}

interface Shapes {
  readonly inputs: Several<BatchShape>;
  readonly outputs: readonly { readonly shape: BatchShape; readonly dtype: string }[];
}

function hasGraph(model: AnyModel): boolean {
  return model instanceof Sequential || model.innerLayers.some((layer) => model.usesOf(layer) !== undefined);
}

/** A model as if it were applied to what it was built for. */
function ownUse(model: AnyModel): Shapes {
  const outputs = model.namedOutputs.map(({ shape }) => ({ shape, dtype: model.computeDtype }));
  return { inputs: model.requireBuiltShapes('plotModel'), outputs };
}

function inputBox(model: AnyModel, { showShapes, showLayerNames, showDtype }: PlotContent): PlotBox {
  const lines = [
    ...(showLayerNames ? ['inputLayer'] : []),
    ...(showShapes ? [formatShapes(model.requireBuiltShapes('plotModel'))] : []),
    ...(showDtype ? [model.computeDtype] : []),
  ];
  return {
    name: 'input',
    kind: 'input',
    title: showLayerNames ? 'input' : 'inputLayer',
    lines,
    inside: undefined,
  };
}

function boxOf(layer: AnyLayer, uses: readonly Shapes[], content: PlotContent): PlotBox {
  const type = factoryName(layer.type);
  const [first] = uses;
  const isOpen = content.expandNested && isModel(layer) && hasGraph(layer);
  const dtypes = [...new Set(first?.outputs.map(({ dtype }) => dtype))];
  const lines = [
    ...(content.showLayerNames ? [type] : []),
    ...(content.showShapes && first ? shapeLines(layer, first) : []),
    ...(content.showDtype && first ? [dtypes.join(', ')] : []),
    ...(uses.length > 1 ? [`used ${uses.length} times`] : []),
  ];
  return {
    name: layer.name,
    kind: kindOf(layer),
    title: content.showLayerNames ? layer.name : type,
    lines,
    inside: isOpen ? plotGraph(layer, content) : undefined,
  };
}

function shapeLines(layer: AnyLayer, { inputs, outputs }: Shapes): string[] {
  const given = formatShapes(outputs.map(({ shape }) => shape));
  return layer instanceof InputLayer ? [given] : [`in  ${formatShapes(inputs)}`, `out ${given}`];
}

function formatShapes(shapes: Several<BatchShape>): string {
  return partsOf(shapes, isOneShape).items.map(formatBatchShape).join(', ');
}

function kindOf(layer: AnyLayer): BoxKind {
  if (layer instanceof InputLayer) return 'input';
  if (isModel(layer)) return 'model';
  return layer.weights.length > 0 ? 'weights' : 'plain';
}

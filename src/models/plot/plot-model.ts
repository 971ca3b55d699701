import type { Several } from '../../layers/several.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { requireKnownOptions, unknownName } from '../../util/suggest.ts';
import type { AnyModel, Model } from '../model.ts';
import { draw } from './draw.ts';
import { placeBoxes, type RankDir } from './place-boxes.ts';
import { type PlotContent, plotGraph } from './plot-graph.ts';

/** Options of `plotModel`. As Keras 3. */
export interface PlotModelOptions extends Partial<PlotContent> {
  /** Shapes of inputs and outputs. Default false. */
  readonly showShapes?: boolean;
  /** Names beside the kinds of layers. Default false. */
  readonly showLayerNames?: boolean;
  /** Element types of the outputs. Default false. */
  readonly showDtype?: boolean;
  /** The layers of models inside too. Default false. */
  readonly expandNested?: boolean;
  /** From top to bottom (`TB`, default) or from left to right (`LR`). */
  readonly rankDir?: RankDir;
}

const DEFAULTS = { showShapes: false, showLayerNames: false, showDtype: false, expandNested: false } as const;
const DIRECTIONS: readonly RankDir[] = ['TB', 'LR'];

/**
 * A drawing of a model's graph as SVG, readable on white and on black. Every layer is one box, also one that is used
 * several times; a model that was not made of a graph is one box.
 * @throws AntlerValueError before the model is built, and for unknown options
 */
export function plotModel<Result extends Several<Tensor>>(
  model: Model<Result>,
  options: PlotModelOptions = {},
): string {
  requireKnownOptions(options, [...Object.keys(DEFAULTS), 'rankDir'], 'plotModel');
  const { rankDir = 'TB', ...content } = options;
  if (!DIRECTIONS.includes(rankDir)) {
    throw unknownName({ where: 'plotModel', kind: 'a rankDir', name: String(rankDir), known: DIRECTIONS });
  }
  model.requireBuiltShapes('plotModel');
  const graph = plotGraph(model as AnyModel, { ...DEFAULTS, ...content });
  return draw(placeBoxes(graph, rankDir), rankDir, model.label);
}

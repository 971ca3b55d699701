import { resolveActivation } from '../../activations/resolve.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { at } from '../../util/errors.ts';
import type { OptionsOf } from '../define-layer.ts';
import type { LayerOptions } from '../layer-options.ts';
import type { CellRun, RunContext } from './cell.ts';
import { affine, makeCell } from './cell-parts.ts';
import {
  checkWeightedCell,
  WEIGHTED_CELL_DEFAULTS,
  WeightedCell,
  type WeightedCellConfig,
} from './weighted-cell.ts';

/** The options of a simple recurrent cell. */
export const SIMPLE_RNN_CELL = {
  type: 'SimpleRNNCell',
  required: ['units'],
  defaults: WEIGHTED_CELL_DEFAULTS,
  check: checkWeightedCell,
} as const;

/** Options of `simpleRNNCell`. */
export type SimpleRNNCellOptions = OptionsOf<WeightedCellConfig, typeof WEIGHTED_CELL_DEFAULTS>;

/** h' = activation(x kernel + h recurrentKernel + bias). */
export class SimpleRNNCell extends WeightedCell<WeightedCellConfig> {
  constructor(config: WeightedCellConfig, options: LayerOptions) {
    super(SIMPLE_RNN_CELL.type, 1, config, options);
  }

  override begin(context: RunContext): CellRun {
    const activation = resolveActivation(this.config.activation, this.label);
    const { kernels, recurrentKernels, biases } = this.gateWeights();
    const masks = this.drawMasks(context);
    return {
      project: (x) => [affine(masks.input(x, 0), at(kernels, 0), biases[0]?.[0])],
      step: (projected, states) => {
        const recurrent = matmul(masks.state(at(states, 0), 0), at(recurrentKernels, 0));
        const next = activation(add(at(projected, 0), recurrent));
        return [next, next];
      },
    };
  }

  protected override copyWith(config: WeightedCellConfig, options: LayerOptions): SimpleRNNCell {
    return new SimpleRNNCell(config, options);
  }
}

/** One step of `simpleRNN`, for `rnn` and `stackedRNNCells`. As Keras 3. */
export function simpleRNNCell(options: SimpleRNNCellOptions): SimpleRNNCell {
  return makeCell(SIMPLE_RNN_CELL, SimpleRNNCell, options);
}

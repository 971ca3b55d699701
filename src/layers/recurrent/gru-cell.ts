import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add, mul, sub } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { OptionsOf } from '../define-layer.ts';
import type { LayerOptions } from '../layer-options.ts';
import type { CellRun, RunContext } from './cell.ts';
import { affine, makeCell } from './cell-parts.ts';
import {
  checkWeightedCell,
  type GateWeights,
  type Masks,
  WEIGHTED_CELL_DEFAULTS,
  WeightedCell,
  type WeightedCellConfig,
} from './weighted-cell.ts';

/** Options of a GRU cell. */
export interface GRUCellConfig extends WeightedCellConfig {
  /** Of the gates. */
  readonly recurrentActivation: ActivationLike;
  /** Whether the reset gate is applied behind the product with the state, which has a bias of its own then. */
  readonly resetAfter: boolean;
}

const DEFAULTS = {
  ...WEIGHTED_CELL_DEFAULTS,
  recurrentActivation: 'sigmoid',
  resetAfter: true,
} as const;

/** The options of a GRU cell. */
export const GRU_CELL = {
  type: 'GRUCell',
  required: ['units'],
  defaults: DEFAULTS,
  check: (config: GRUCellConfig, where: string) => {
    checkWeightedCell(config, where);
    resolveActivation(config.recurrentActivation, where);
  },
} as const;

/** Options of `gruCell`. */
export type GRUCellOptions = OptionsOf<GRUCellConfig, typeof DEFAULTS>;

/** Gates in the order of the weights. */
const GATES = 3;
const [UPDATE, RESET, CANDIDATE] = [0, 1, 2];

/**
 * Gated recurrent unit (Cho 2014): h' = z h + (1 - z) activation(x kernel + r h recurrentKernel + bias), with update
 * gate z and reset gate r, which are recurrentActivation of such sums.
 */
export class GRUCell extends WeightedCell<GRUCellConfig> {
  constructor(config: GRUCellConfig, options: LayerOptions) {
    super(GRU_CELL.type, GATES, config, options);
  }

  protected override get biasRows(): number {
    return this.config.resetAfter ? 2 : 1;
  }

  override begin(context: RunContext): CellRun {
    const activation = resolveActivation(this.config.activation, this.label);
    const recurrentActivation = resolveActivation(this.config.recurrentActivation, this.label);
    const weights = this.gateWeights();
    const masks = this.drawMasks(context);
    return {
      project: (x) =>
        weights.kernels.map((kernel, gate) =>
          affine(masks.input(x, gate), kernel, weights.biases[0]?.[gate]),
        ),
      step: (projected, states) => {
        const h = at(states, 0);
        const gate = (index: number) =>
          recurrentActivation(add(at(projected, index), fromState(weights, masks, h, index)));
        const reset = gate(RESET);
        const recurrent = this.config.resetAfter
          ? mul(reset, fromState(weights, masks, h, CANDIDATE))
          : matmul(mul(reset, masks.state(h, CANDIDATE)), at(weights.recurrentKernels, CANDIDATE));
        const candidate = activation(add(at(projected, CANDIDATE), recurrent));
        const update = gate(UPDATE);
        const next = add(mul(update, h), mul(sub(1, update), candidate));
        return [next, next];
      },
    };
  }

  protected override copyWith(config: GRUCellConfig, options: LayerOptions): GRUCell {
    return new GRUCell(config, options);
  }
}

/** What the state adds to a gate, with the second row of the bias if there is one. */
function fromState({ recurrentKernels, biases }: GateWeights, masks: Masks, h: Tensor, gate: number): Tensor {
  return affine(masks.state(h, gate), at(recurrentKernels, gate), biases[1]?.[gate]);
}

/** One step of `gru`, for `rnn` and `stackedRNNCells`. As Keras 3. */
export function gruCell(options: GRUCellOptions): GRUCell {
  return makeCell(GRU_CELL, GRUCell, options);
}

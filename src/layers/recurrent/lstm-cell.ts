import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import type { Initializer } from '../../initializers/initializer.ts';
import { type InitializerLike, resolveInitializer } from '../../initializers/resolve.ts';
import { ones } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add, mul } from '../../ops/math/arithmetic.ts';
import { concat } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
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

/** Options of an LSTM cell. */
export interface LSTMCellConfig extends WeightedCellConfig {
  /** Of the gates. */
  readonly recurrentActivation: ActivationLike;
  /** Whether the bias of the forget gate starts at 1 (Jozefowicz 2015). */
  readonly unitForgetBias: boolean;
}

const DEFAULTS = {
  ...WEIGHTED_CELL_DEFAULTS,
  recurrentActivation: 'sigmoid',
  unitForgetBias: true,
} as const;

/** The options of an LSTM cell. */
export const LSTM_CELL = {
  type: 'LSTMCell',
  required: ['units'],
  defaults: DEFAULTS,
  check: (config: LSTMCellConfig, where: string) => {
    checkWeightedCell(config, where);
    resolveActivation(config.recurrentActivation, where);
  },
} as const;

/** Options of `lstmCell`. */
export type LSTMCellOptions = OptionsOf<LSTMCellConfig, typeof DEFAULTS>;

/** Gates in the order of the weights. */
const GATES = 4;
const [INPUT, FORGET, CANDIDATE, OUTPUT] = [0, 1, 2, 3];

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers 2000):
 * c' = f c + i activation(...), h' = o activation(c'); the gates i, f, o are recurrentActivation of
 * x kernel + h recurrentKernel + bias. States h and c.
 */
export class LSTMCell extends WeightedCell<LSTMCellConfig> {
  constructor(config: LSTMCellConfig, options: LayerOptions) {
    super(LSTM_CELL.type, GATES, config, options);
  }

  override get stateSizes(): readonly number[] {
    return [this.config.units, this.config.units];
  }

  protected override get biasInitializer(): InitializerLike {
    const { biasInitializer, unitForgetBias, units } = this.config;
    return unitForgetBias
      ? forgetNothing(resolveInitializer(biasInitializer, this.label), units)
      : biasInitializer;
  }

  override begin(context: RunContext): CellRun {
    const activation = resolveActivation(this.config.activation, this.label);
    const recurrentActivation = resolveActivation(this.config.recurrentActivation, this.label);
    const { kernels, recurrentKernels, biases } = this.gateWeights();
    const masks = this.drawMasks(context);
    return {
      project: (x) => kernels.map((kernel, gate) => affine(masks.input(x, gate), kernel, biases[0]?.[gate])),
      step: (projected, states) => {
        const [h, c] = [at(states, 0), at(states, 1)];
        const sums = recurrentKernels.map((kernel, gate) =>
          add(at(projected, gate), matmul(masks.state(h, gate), kernel)),
        );
        const gate = (index: number): Tensor => recurrentActivation(at(sums, index));
        const candidate = activation(at(sums, CANDIDATE));
        const memory = add(mul(gate(FORGET), c), mul(gate(INPUT), candidate));
        const output = mul(gate(OUTPUT), activation(memory));
        return [output, output, memory];
      },
    };
  }

  protected override copyWith(config: LSTMCellConfig, options: LayerOptions): LSTMCell {
    return new LSTMCell(config, options);
  }
}

/** One step of `lstm`, for `rnn` and `stackedRNNCells`. As Keras 3. */
export function lstmCell(options: LSTMCellOptions): LSTMCell {
  return makeCell(LSTM_CELL, LSTMCell, options);
}

/** The initializer, with ones for the forget gate. */
function forgetNothing(initializer: Initializer, units: number): Initializer {
  return {
    className: initializer.className,
    config: initializer.config,
    sample: (_shape, context) =>
      concat([
        initializer.sample([units], context),
        ones([units], context.dtype),
        initializer.sample([2 * units], context),
      ]),
  };
}

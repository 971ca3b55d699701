import type { ActivationLike } from '../../activations/resolve.ts';
import { resolveActivation } from '../../activations/resolve.ts';
import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { mul, where } from '../../ops/math/arithmetic.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { split, unstack } from '../../ops/shape/slicing.ts';
import { bernoulli } from '../../random/distributions.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { at, invariant } from '../../util/errors.ts';
import { type BatchShape, isOneShape, lastAxis } from '../batch-shape.ts';
import type { CallContext } from '../call.ts';
import {
  BIAS_DEFAULTS,
  type BiasOptions,
  KERNEL_DEFAULTS,
  type KernelOptions,
  ofBias,
  ofKernel,
} from '../kernel-options.ts';
import { plainConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { requireRate, requireWhole } from '../requirements.ts';
import type { SeedGenerator } from '../seed-generator.ts';
import { partsOf, type Several } from '../several.ts';
import { isProbing } from '../trace-shape.ts';
import { RecurrentCell, type RunContext, type StepResult } from './cell.ts';

/** Options that simpleRNN, LSTM and GRU cells have in common. */
export interface WeightedCellConfig extends KernelOptions, BiasOptions {
  /** Units of the output and of each state. */
  readonly units: number;
  readonly activation: ActivationLike;
  readonly useBias: boolean;
  readonly recurrentInitializer: InitializerLike;
  readonly recurrentRegularizer: RegularizerLike | null;
  readonly recurrentConstraint: ConstraintLike | null;
  /** Part of the inputs that is dropped in training, the same ones in all steps. In [0, 1). */
  readonly dropout: number;
  /** Part of the first state that is dropped where it enters the step. In [0, 1). */
  readonly recurrentDropout: number;
}

/** Their defaults. */
export const WEIGHTED_CELL_DEFAULTS = {
  activation: 'tanh',
  useBias: true,
  ...KERNEL_DEFAULTS,
  ...BIAS_DEFAULTS,
  recurrentInitializer: 'orthogonal',
  recurrentRegularizer: null,
  recurrentConstraint: null,
  dropout: 0,
  recurrentDropout: 0,
} as const satisfies Omit<WeightedCellConfig, 'units'>;

/** @throws AntlerValueError for options that make no sense */
export function checkWeightedCell(config: WeightedCellConfig, where: string): void {
  requireWhole(config.units, 'units', where);
  resolveActivation(config.activation, where);
  requireRate(config.dropout, 'dropout', where);
  requireRate(config.recurrentDropout, 'recurrentDropout', where);
}

/** The weights of a cell, cut up by gates: a gate's matrices are multiplied on their own. */
export interface GateWeights {
  readonly kernels: readonly Tensor[];
  readonly recurrentKernels: readonly Tensor[];
  /** For each row of the bias its parts; empty without a bias. */
  readonly biases: readonly (readonly Tensor[])[];
}

/** What dropout does to the inputs and the first state of a gate; the identity outside training. */
export interface Masks {
  input(x: Tensor, gate: number): Tensor;
  state(h: Tensor, gate: number): Tensor;
}

/** A cell with kernel, recurrent kernel and bias, whose gates lie side by side in them. As Keras 3. */
export abstract class WeightedCell<Config extends WeightedCellConfig> extends RecurrentCell {
  protected readonly config: Config;
  readonly #options: LayerOptions;
  readonly #gates: number;
  #kernel: Variable | undefined;
  #recurrentKernel: Variable | undefined;
  #bias: Variable | undefined;
  #stream: SeedGenerator | undefined;

  /** @param gates how many times `units` wide the weights are */
  constructor(type: string, gates: number, config: Config, options: LayerOptions) {
    super(type, options);
    this.config = config;
    this.#options = options;
    this.#gates = gates;
  }

  override get stateSizes(): readonly number[] {
    return [this.config.units];
  }

  /** Rows of the bias, of which a GRU may have two. */
  protected get biasRows(): number {
    return 1;
  }

  /** What the bias is drawn from. */
  protected get biasInitializer(): InitializerLike {
    return this.config.biasInitializer;
  }

  override build(inputShape: Several<BatchShape>): void {
    const { config } = this;
    const width = this.#gates * config.units;
    const features = lastAxis(at(partsOf(inputShape, isOneShape).items, 0));
    this.#kernel = this.addWeight('kernel', [features, width], config.kernelInitializer, ofKernel(config));
    this.#recurrentKernel = this.addWeight(
      'recurrent_kernel',
      [config.units, width],
      config.recurrentInitializer,
      { regularizer: config.recurrentRegularizer, constraint: config.recurrentConstraint },
    );
    if (config.useBias) {
      const shape = this.biasRows === 1 ? [width] : [this.biasRows, width];
      this.#bias = this.addWeight('bias', shape, this.biasInitializer, ofBias(config));
    }
    if (config.dropout > 0 || config.recurrentDropout > 0) this.#stream = this.ownWeights.seedGenerator();
    super.build(inputShape);
  }

  /** A step outside a layer: masks are drawn anew. */
  override call([x, ...states]: readonly Tensor[], { training }: CallContext): StepResult {
    const run = this.begin({ batch: at((x as Tensor).shape, 0), training });
    return run.step(run.project(x as Tensor), states);
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...plainConfig(this.config, this.label) };
  }

  override copy(): RecurrentCell {
    return this.copyWith(this.config, this.#options);
  }

  protected abstract copyWith(config: Config, options: LayerOptions): RecurrentCell;

  /** The weights by gates, in Keras's order. */
  protected gateWeights(): GateWeights {
    if (!isProbing()) this.pin();
    const parts = (x: Tensor) => split(x, this.#gates, -1);
    const bias = this.#bias?.read();
    const rows = bias ? unstack(reshape(bias, [this.biasRows, this.#gates * this.config.units])) : [];
    return {
      kernels: parts(built(this.#kernel)),
      recurrentKernels: parts(built(this.#recurrentKernel)),
      biases: rows.map(parts),
    };
  }

  /** Draws the masks of a batch: of one for all gates, unless the states are dropped too. As Keras. */
  protected drawMasks({ batch, training }: RunContext): Masks {
    const { dropout, recurrentDropout, units } = this.config;
    const features = at(this.#kernel?.shape ?? [], 0);
    const count = recurrentDropout > 0 ? this.#gates : 1;
    const inputs = training ? this.#draw(dropout, [batch, features], count) : [];
    const states = training ? this.#draw(recurrentDropout, [batch, units], this.#gates) : [];
    const apply = (x: Tensor, mask: Tensor | undefined) => (mask ? mul(x, mask) : x);
    return {
      input: (x, gate) => apply(x, inputs[count === 1 ? 0 : gate]),
      state: (h, gate) => apply(h, states[gate]),
    };
  }

  /** Factors of 0 or 1 / (1 - rate). */
  #draw(rate: number, shape: readonly number[], count: number): Tensor[] {
    const stream = this.#stream;
    if (rate === 0 || !stream) return [];
    return Array.from({ length: count }, () => {
      const keep = bernoulli(stream.next(), 1 - rate, shape);
      return where(keep, 1 / (1 - rate), 0);
    });
  }
}

function built(weight: Variable | undefined): Tensor {
  invariant(weight, 'a cell is built before it runs');
  return weight.read();
}

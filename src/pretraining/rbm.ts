import { SeedGenerator } from '../layers/seed-generator.ts';
import type { RowsLike } from '../models/rows.ts';
import type { TensorLike } from '../ops/convert.ts';
import { tensor, zeros } from '../ops/create.ts';
import { clip, neg, sub } from '../ops/math/arithmetic.ts';
import { log } from '../ops/math/math.ts';
import { mean } from '../ops/reduce/reduce.ts';
import { normal } from '../random/distributions.ts';
import { key, split } from '../random/keys.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { AntlerValueError } from '../util/errors.ts';
import {
  type AnnealingOptions,
  annealedImportance,
  type LogPartitionEstimate,
} from './annealed-importance.ts';
import { classScores } from './class-scores.ts';
import { exactLogPartition } from './exact-partition.ts';
import { type GibbsOptions, type GibbsResult, gibbsChains } from './gibbs.ts';
import { freeEnergyOf, type Harmonium, hiddenInput, visibleInput } from './harmonium.ts';
import {
  type RbmLayout,
  type RbmOptions,
  type RbmParameters,
  rbmLayout,
  requireFrequencies,
} from './rbm-options.ts';
import { train } from './train.ts';
import { type RbmFitOptions, rbmTraining, requireWhole } from './training-options.ts';
import { type UnitLayer, unitLayer } from './units.ts';
import { type VisibleRows, visibleRows, visibleStates } from './visible-rows.ts';

/** Deviation of first weights. Hinton 2010, section 8. */
const FIRST_WEIGHT = 0.01;

/** Frequencies of units are kept this far from 0 and 1, where log odds are infinite. */
const LEAST_FREQUENCY = 0.005;

/**
 * A restricted Boltzmann machine: visible and hidden units with weights between the layers only, and the distribution
 * p(v, h) = e^(b.v + c.h + v.Wh) / Z. Made by `rbm`. Smolensky 1986; Hinton 2002.
 */
export class Rbm implements Harmonium {
  readonly weights: Variable;
  readonly visibleBias: Variable;
  readonly hiddenBias: Variable;
  readonly visibleLayer: UnitLayer;
  readonly hiddenLayer: UnitLayer;
  readonly layout: RbmLayout;
  readonly #keys: SeedGenerator;
  #epochsDone = 0;

  /** Not for users: see `rbm`. */
  constructor(layout: RbmLayout) {
    const { visible, hidden, seed, parameters, name } = layout;
    const [forWeights, forStates] = split(key(seed));
    const first = parameters
      ? tensor(parameters.weights, [visible, hidden])
      : normal(forWeights, [visible, hidden], { stddev: FIRST_WEIGHT });
    const firstBias = layout.visibleMeans ? logOdds(layout.visibleMeans) : zeros([visible]);
    this.layout = layout;
    this.weights = new Variable(first, { name: `${name}/weights` });
    this.visibleBias = new Variable(parameters ? tensor(parameters.visibleBias) : firstBias, {
      name: `${name}/visible_bias`,
    });
    this.hiddenBias = new Variable(parameters ? tensor(parameters.hiddenBias) : zeros([hidden]), {
      name: `${name}/hidden_bias`,
    });
    this.visibleLayer = unitLayer(layout.visibleUnits, layout.visibleClasses);
    this.hiddenLayer = unitLayer(layout.hiddenUnits);
    this.#keys = new SeedGenerator(forStates, `${name}/key`);
  }

  /**
   * Learns rows [count, visible]: values in [0, 1] (taken as probabilities) for binary units, finite ones for Gaussian
   * units. Called again it goes on from where it stands, with new velocities and chains.
   * @throws AntlerValueError for other values; AntlerNumericError if the weights do not stay finite
   */
  async fit(rows: RowsLike, options: RbmFitOptions = {}): Promise<void> {
    const where = `${this.layout.name}.fit`;
    const settings = rbmTraining(options, where);
    const seen = await visibleRows(rows, this.#expected('fit'));
    const { seed } = this.layout;
    await train(
      { machine: this, keys: this.#keys, seed, epochsDone: this.#epochsDone, where },
      seen,
      settings,
    );
    this.#epochsDone += settings.epochs;
  }

  /** Expected hidden states: [batch, visible] to [batch, hidden]; probabilities for binary units. */
  encode(visible: TensorLike): Tensor {
    return this.hiddenLayer.mean(hiddenInput(this, visibleStates(visible, this.#expected('encode'))));
  }

  /** Expected visible states for hidden ones: [batch, hidden] to [batch, visible]. */
  decode(hidden: Tensor): Tensor {
    return this.visibleLayer.mean(visibleInput(this, hidden));
  }

  /** Hidden states drawn from p(h | v): [batch, visible] to [batch, hidden]. @param key a random key */
  sampleHidden(key: Tensor, visible: TensorLike): Tensor {
    const states = visibleStates(visible, this.#expected('sampleHidden'));
    return this.hiddenLayer.sample(key, hiddenInput(this, states));
  }

  /** Visible states drawn from p(v | h): [batch, hidden] to [batch, visible]. @param key a random key */
  sampleVisible(key: Tensor, hidden: Tensor): Tensor {
    return this.visibleLayer.sample(key, visibleInput(this, hidden));
  }

  /** `decode` of `encode`: [batch, visible] to the same. */
  reconstruct(visible: TensorLike): Tensor {
    return this.decode(this.encode(visible));
  }

  /** F(v), where p(v) = e^-F(v) / Z: [batch, visible] to [batch]. */
  freeEnergy(visible: TensorLike): Tensor {
    return freeEnergyOf(this, visibleStates(visible, this.#expected('freeEnergy')));
  }

  /**
   * -F(v) with each class of the group in turn: [batch, visible - visibleClasses] to [batch, visibleClasses]. Their
   * softmax is p(class | the other units).
   * @throws AntlerValueError for a machine without `visibleClasses`
   */
  classScores(states: TensorLike): Tensor {
    const { visible, visibleClasses, visibleUnits, name } = this.layout;
    const where = `${name}.classScores`;
    if (visibleClasses === 0 || visibleUnits === 'gaussian')
      throw new AntlerValueError({
        where,
        expected: 'a machine of binary units with visibleClasses',
        got: visibleClasses === 0 ? 'none' : 'gaussian units',
      });
    const units = visible - visibleClasses;
    return classScores(this, visibleStates(states, { kind: visibleUnits, units, where }), visibleClasses);
  }

  /** Runs a Gibbs chain from each row. Draws on the machine's own chance, so another call gives other states. */
  async gibbs(start: RowsLike, options: GibbsOptions = {}): Promise<GibbsResult> {
    const { visible, name } = this.layout;
    const { steps = 1, clamped = 0 } = options;
    requireWhole({ steps, clamped }, 0, `${name}.gibbs`);
    if (clamped > visible)
      throw new AntlerValueError({
        where: `${name}.gibbs`,
        expected: `at most ${visible} clamped units`,
        got: `${clamped}`,
      });
    const states = visibleStates(await visibleRows(start, this.#expected('gibbs')), this.#expected('gibbs'));
    return gibbsChains(this, this.#keys, states, options);
  }

  /**
   * log Z, exactly, from all states of the smaller layer of binary units.
   * @throws AntlerValueError if that has more than 20 units
   */
  logPartition(): Promise<number> {
    const { visibleUnits, hiddenUnits, visibleClasses, name } = this.layout;
    const enumerable = {
      visible: visibleUnits === 'binary' && visibleClasses === 0,
      hidden: hiddenUnits === 'binary',
    };
    return exactLogPartition(this, enumerable, `${name}.logPartition`);
  }

  /**
   * log Z by annealed importance sampling. Its expectation is below log Z, so likelihoods look better than they are
   * while there are too few temperatures.
   * @throws AntlerValueError unless all units are binary
   */
  async estimateLogPartition(options: AnnealingOptions): Promise<LogPartitionEstimate> {
    const { visibleUnits, hiddenUnits, visible, name } = this.layout;
    const where = `${name}.estimateLogPartition`;
    const { chains = 100, temperatures = 1000, visibleMeans } = options;
    requireWhole({ chains, temperatures }, 1, where);
    if (visibleUnits !== 'binary' || hiddenUnits !== 'binary')
      throw new AntlerValueError({ where, expected: 'layers of binary units', got: 'gaussian units' });
    if (visibleMeans) requireFrequencies(visibleMeans, visible, where);
    const base = visibleMeans ? logOdds(visibleMeans) : this.visibleBias.read();
    return annealedImportance(this, base, { ...options, chains, temperatures });
  }

  /** Mean log p(v) of rows, in nats. @param logPartition log Z, as `logPartition` or an estimate gives it */
  async logLikelihood(rows: RowsLike, logPartition: number): Promise<number> {
    const states = await visibleRows(rows, this.#expected('logLikelihood'));
    return (await mean(neg(this.freeEnergy(states))).item()) - logPartition;
  }

  /** Copies of weights and biases, for `rbm({ parameters })`. */
  async parameters(): Promise<RbmParameters> {
    const values = [this.weights, this.visibleBias, this.hiddenBias].map((cell) => cell.read().data());
    const [weights, visibleBias, hiddenBias] = (await Promise.all(values)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    return { weights, visibleBias, hiddenBias };
  }

  #expected(method: string): VisibleRows {
    const { visible, visibleUnits, name } = this.layout;
    return { kind: visibleUnits, units: visible, where: `${name}.${method}` };
  }
}

/**
 * Makes a restricted Boltzmann machine.
 * @throws AntlerValueError for sizes below 1, unknown kinds of units, or two layers of Gaussian units
 */
export function rbm(options: RbmOptions): Rbm {
  return new Rbm(rbmLayout(options));
}

function logOdds(frequencies: ArrayLike<number>): Tensor {
  const p = clip(tensor(Float32Array.from(frequencies)), LEAST_FREQUENCY, 1 - LEAST_FREQUENCY);
  return sub(log(p), log(sub(1, p)));
}

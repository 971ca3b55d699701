import type { RowsLike } from '../models/rows.ts';
import type { LearningRate } from '../optimizers/schedules/schedule.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { type Rbm, rbm } from './rbm.ts';
import type { RbmFitOptions } from './training-options.ts';
import type { UnitKind } from './units.ts';
import { visibleRows } from './visible-rows.ts';

/** Options of `pretrainStack`. */
export interface PretrainOptions {
  /** Units of each layer, the data's first: `[784, 1000, 500, 250, 30]`. */
  readonly sizes: readonly number[];
  /** Rows [count, sizes[0]] in [0, 1]; anything finite if `visibleUnits` is `gaussian`. */
  readonly data: RowsLike;
  /** Passes of each machine over its rows. Default 10. */
  readonly epochs?: number;
  readonly seed: number;
  /** Of the data's layer. Default `binary`. */
  readonly visibleUnits?: UnitKind;
  /** Of the last layer: `gaussian` for the code of an autoencoder. Default `binary`. */
  readonly topUnits?: UnitKind;
  /** Rows of an update. Default 100. */
  readonly batchSize?: number;
  /** Of machines with binary units alone. Default 0.1. */
  readonly learningRate?: LearningRate;
  /** Of machines with a layer of Gaussian units, which have no bound. Default 0.001. */
  readonly gaussianLearningRate?: LearningRate;
  /** Default 0.5 in the first five epochs, 0.9 after them. */
  readonly momentum?: LearningRate;
  /** Default 0.0002. */
  readonly weightDecay?: number;
  /** Told what part of the whole is done, a few times a second. */
  readonly onProgress?: (done: number) => void | Promise<void>;
  /** Ends training after the present update; machines that had no turn stay as they began. */
  readonly signal?: AbortSignal;
}

/** First epochs of a machine, in which momentum is low. */
const CAUTIOUS_EPOCHS = 5;

/**
 * Learns a stack of restricted Boltzmann machines greedily, each by CD-1 from the hidden probabilities of the one below.
 * The defaults are those of Hinton and Salakhutdinov, Science 313:504-507, 2006, supplement.
 * @returns the machines, lowest first: machine i has weights [sizes[i], sizes[i + 1]]
 * @throws AntlerValueError for fewer than two sizes, and as `Rbm.fit`
 */
export async function pretrainStack(options: PretrainOptions): Promise<Rbm[]> {
  const { sizes, data, seed, visibleUnits = 'binary', topUnits = 'binary' } = options;
  if (sizes.length < 2)
    throw new AntlerValueError({
      where: 'pretrainStack',
      expected: 'sizes of the data and of at least one layer',
      got: `${sizes.length} sizes`,
    });
  const machines = sizes.slice(1).map((hidden, i) =>
    rbm({
      name: `pretrainStack, layer ${i + 1}`,
      visible: at(sizes, i),
      hidden,
      seed: seed + i,
      visibleUnits: i === 0 ? visibleUnits : 'binary',
      hiddenUnits: i === sizes.length - 2 ? topUnits : 'binary',
    }),
  );
  const expected = { kind: visibleUnits, units: at(sizes, 0), where: 'pretrainStack' };
  let rows = await visibleRows(data, expected);
  const shares = workShares(machines);
  let done = 0;
  for (const [i, machine] of machines.entries()) {
    const share = at(shares, i);
    const before = done;
    await machine.fit(rows, {
      ...fitOptions(machine, at(rows.shape, 0), options),
      onProgress: (part) => options.onProgress?.(before + share * part),
    });
    done += share;
    if (options.signal?.aborted) break;
    if (i < machines.length - 1) rows = machine.encode(rows);
  }
  return machines;
}

function fitOptions({ layout }: Rbm, count: number, options: PretrainOptions): RbmFitOptions {
  const { epochs = 10, batchSize = 100, learningRate = 0.1, gaussianLearningRate = 0.001 } = options;
  const { weightDecay = 0.0002, signal } = options;
  const cautiousSteps = CAUTIOUS_EPOCHS * Math.ceil(count / batchSize);
  const { momentum = (step: number) => (step < cautiousSteps ? 0.5 : 0.9) } = options;
  const isBinary = layout.visibleUnits === 'binary' && layout.hiddenUnits === 'binary';
  return {
    epochs,
    batchSize,
    learningRate: isBinary ? learningRate : gaussianLearningRate,
    momentum,
    weightDecay,
    reconstruction: 'mean',
    ...(signal ? { signal } : {}),
  };
}

/** Parts of the whole work that fall to each machine. */
function workShares(machines: readonly Rbm[]): number[] {
  const sizes = machines.map(({ layout }) => layout.visible * layout.hidden);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => size / total);
}

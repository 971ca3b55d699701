import { EventLoopTurns } from '../models/event-loop.ts';
import type { RowsLike } from '../models/rows.ts';
import { tensor } from '../ops/create.ts';
import { permutationOf } from '../random/permutation.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerNumericError, AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { DenoisingLayer } from './denoising-layer.ts';
import { reportInterval } from './pace.ts';
import type { RbmParameters } from './rbm-options.ts';
import { requireWhole } from './training-options.ts';
import { visibleRows } from './visible-rows.ts';

/** Options of `pretrainDenoising`. */
export interface DenoisingOptions {
  /** Units of each layer, the data's first: `[784, 1000, 1000, 1000]`. */
  readonly sizes: readonly number[];
  /** Rows [count, sizes[0]] in [0, 1]. */
  readonly data: RowsLike;
  /** The part of the inputs that is set to 0 while a layer learns, in [0, 1): one for all layers, or one for each. */
  readonly corruption: number | readonly number[];
  /** Passes of each layer over its rows. Default 10. */
  readonly epochs?: number;
  /** Rows of an update. Default 100. */
  readonly batchSize?: number;
  /** Of Adam; falls to zero along a cosine. Default 0.001. */
  readonly learningRate?: number;
  readonly seed: number;
  /** Told what part of the whole is done, a few times a second. */
  readonly onProgress?: (done: number) => void | Promise<void>;
  /** Ends training after the present update; layers that had no turn stay as they began. */
  readonly signal?: AbortSignal;
}

const NAMES = [
  'sizes',
  'data',
  'corruption',
  'epochs',
  'batchSize',
  'learningRate',
  'seed',
  'onProgress',
  'signal',
] as const satisfies readonly (keyof DenoisingOptions)[];

/**
 * Learns a stack of denoising autoencoders greedily (Vincent et al. 2008): each layer of sigmoid units is to give back its
 * input, by its own weights transposed, from a copy in which some values are 0; the loss is cross-entropy. The next layer
 * learns from what the layer makes of inputs that are whole.
 * @returns weights and biases of the layers, lowest first, as `autoencoder({ machines })` takes them
 * @throws AntlerValueError for fewer than two sizes, values outside [0, 1], and a corruption outside [0, 1);
 *   AntlerNumericError if a loss does not stay finite
 */
export async function pretrainDenoising(options: DenoisingOptions): Promise<RbmParameters[]> {
  requireKnownOptions(options, NAMES, WHERE);
  const {
    sizes,
    data,
    seed,
    epochs = 10,
    batchSize = 100,
    learningRate = 0.001,
    onProgress,
    signal,
  } = options;
  const corruption = corruptionOf(options);
  requireWhole({ epochs }, 0, WHERE);
  requireWhole({ batchSize }, 1, WHERE);
  let rows = await visibleRows(data, { kind: 'binary', units: at(sizes, 0), where: WHERE });
  const count = at(rows.shape, 0);
  const steps = epochs * Math.ceil(count / batchSize);
  const found: RbmParameters[] = [];
  for (const [i, hidden] of sizes.slice(1).entries()) {
    const visible = at(sizes, i);
    const layer = new DenoisingLayer({
      visible,
      hidden,
      corruption: at(corruption, i),
      seed: seed + i,
      learningRate,
      steps,
    });
    const report = (done: number) => onProgress?.((i + done) / (sizes.length - 1));
    await trainLayer(layer, rows, { steps, batchSize, seed: seed + i, signal, report });
    found.push(await layer.parameters());
    rows = layer.encode(rows);
  }
  return found;
}

const WHERE = 'pretrainDenoising';

interface LayerTraining {
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly report: (done: number) => void | Promise<void>;
}

async function trainLayer(layer: DenoisingLayer, rows: Tensor, training: LayerTraining): Promise<void> {
  const { steps, batchSize, seed, signal, report } = training;
  const count = at(rows.shape, 0);
  const perEpoch = Math.ceil(count / batchSize);
  const work = 6 * Math.min(batchSize, count) * layer.size;
  const turns = new EventLoopTurns(work);
  try {
    let order: Int32Array = new Int32Array();
    for (let step = 0; step < steps && !signal?.aborted; step++) {
      const place = step % perEpoch;
      if (place === 0) order = permutationOf(count, seed, step / perEpoch);
      const places = tensor(order.slice(place * batchSize, (place + 1) * batchSize));
      const loss = layer.update(rows, places, step);
      places.dispose();
      await turns.pause();
      if ((step + 1) % reportInterval(work) !== 0 && step + 1 < steps) continue;
      requireFinite(await loss.item());
      await report((step + 1) / steps);
    }
  } finally {
    turns.close();
  }
}

function requireFinite(loss: number): void {
  if (Number.isFinite(loss)) return;
  throw new AntlerNumericError({
    where: WHERE,
    expected: 'a loss that stays finite',
    got: `${loss}`,
    fix: 'take a smaller learningRate',
  });
}

/** The corruption of each layer. */
function corruptionOf({ sizes, corruption }: DenoisingOptions): readonly number[] {
  if (sizes.length < 2)
    throw new AntlerValueError({
      where: WHERE,
      expected: 'sizes of the data and of at least one layer',
      got: `${sizes.length} sizes`,
    });
  requireWhole(Object.fromEntries(sizes.map((size, i) => [`sizes[${i}]`, size])), 1, WHERE);
  const each = typeof corruption === 'number' ? sizes.slice(1).map(() => corruption) : corruption;
  if (each.length === sizes.length - 1 && each.every((part) => part >= 0 && part < 1)) return each;
  throw new AntlerValueError({
    where: WHERE,
    expected: `corruption in [0, 1), one or ${sizes.length - 1} of them`,
    got: `${corruption}`,
  });
}

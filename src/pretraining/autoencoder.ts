import type { ActivationLike } from '../activations/resolve.ts';
import { dense } from '../layers/core/dense.ts';
import type { Layer } from '../layers/layer.ts';
import { type Sequential, sequential } from '../models/sequential.ts';
import { tensor } from '../ops/create.ts';
import { transpose } from '../ops/shape/shape.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { RbmParameters } from './rbm-options.ts';
import { requireWhole } from './training-options.ts';

/** Options of `autoencoder`. */
export interface AutoencoderOptions {
  /** Units from the data to the code: `[784, 1000, 500, 250, 30]`. The decoder has them the other way round. */
  readonly sizes: readonly number[];
  readonly seed: number;
  /** Of hidden layers on both sides of the code. Default `sigmoid`. */
  readonly activation?: ActivationLike;
  /** Default `linear`: a code of sigmoid units holds less. */
  readonly codeActivation?: ActivationLike;
  /** Default `sigmoid`, for data in [0, 1]. */
  readonly outputActivation?: ActivationLike;
  /**
   * Where to begin: a machine for each layer of the encoder, lowest first, whose weights transposed are those of the decoder
   * (Hinton and Salakhutdinov 2006). Default weights drawn by the seed.
   */
  readonly machines?: readonly RbmParameters[];
  /** Default `autoencoder`. */
  readonly name?: string;
}

const NAMES = [
  'sizes',
  'seed',
  'activation',
  'codeActivation',
  'outputActivation',
  'machines',
  'name',
] as const satisfies readonly (keyof AutoencoderOptions)[];

/** A network that learns to give what it was given, through a narrow code. */
export interface Autoencoder {
  /** [batch, data] to [batch, data]: `decoder` of `encoder`. Train it with the data as labels. */
  readonly model: Sequential;
  /** [batch, data] to [batch, code]. Shares its weights with `model`. */
  readonly encoder: Sequential;
  /** [batch, code] to [batch, data]. Shares its weights with `model`. */
  readonly decoder: Sequential;
}

/**
 * An autoencoder of dense layers: an encoder with units of `sizes`, and a decoder that is its mirror.
 * @throws AntlerValueError for fewer than two sizes, or another number of machines than layers; AntlerShapeError for
 *   machines of other sizes
 */
export function autoencoder(options: AutoencoderOptions): Autoencoder {
  const { sizes, seed, activation = 'sigmoid', codeActivation = 'linear', machines } = options;
  const { outputActivation = 'sigmoid', name = 'autoencoder' } = options;
  requireKnownOptions(options, NAMES, name);
  requireSizes(sizes, name);
  const half = (side: 'encoder' | 'decoder', units: readonly number[], last: ActivationLike) =>
    sequential({ name: side, seed, layers: denseLayers(units, activation, last) });
  const encoder = half('encoder', sizes, codeActivation);
  const decoder = half('decoder', sizes.toReversed(), outputActivation);
  const model = sequential({ name, seed, layers: [encoder, decoder], inputShape: [at(sizes, 0)] });
  if (machines) unroll(model, sizes, machines);
  return { model, encoder, decoder };
}

function denseLayers(sizes: readonly number[], hidden: ActivationLike, last: ActivationLike): Layer[] {
  return sizes.slice(1).map((units, i) =>
    dense({
      units,
      activation: i === sizes.length - 2 ? last : hidden,
      ...(i === 0 && { inputShape: [at(sizes, 0)] }),
    }),
  );
}

/** Lays a stack of machines out as a network: up with their weights, and down with the same. */
function unroll(model: Sequential, sizes: readonly number[], machines: readonly RbmParameters[]): void {
  requireMachines(sizes, machines, model.name);
  const up = machines.flatMap(({ weights, hiddenBias }, i) => [
    tensor(weights, [at(sizes, i), at(sizes, i + 1)]),
    tensor(hiddenBias),
  ]);
  const down = machines
    .toReversed()
    .flatMap(({ weights, visibleBias, hiddenBias }) => [
      transpose(tensor(weights, [visibleBias.length, hiddenBias.length])),
      tensor(visibleBias),
    ]);
  model.setWeights([...up, ...down]);
}

function requireSizes(sizes: readonly number[], where: string): void {
  if (sizes.length < 2)
    throw new AntlerValueError({
      where,
      expected: 'sizes of the data and of the code at least',
      got: `${sizes.length} sizes`,
      fix: 'write sizes: [784, 30]',
    });
  requireWhole(Object.fromEntries(sizes.map((size, i) => [`sizes[${i}]`, size])), 1, where);
}

function requireMachines(sizes: readonly number[], machines: readonly RbmParameters[], where: string): void {
  if (machines.length !== sizes.length - 1)
    throw new AntlerValueError({
      where,
      expected: `${sizes.length - 1} machines, one for each layer of the encoder`,
      got: `${machines.length}`,
    });
  machines.forEach(({ visibleBias, hiddenBias, weights }, i) => {
    const [visible, hidden] = [at(sizes, i), at(sizes, i + 1)];
    const fits = visibleBias.length === visible && hiddenBias.length === hidden;
    if (fits && weights.length === visible * hidden) return;
    throw new AntlerShapeError({
      where: `${where}, machine ${i + 1}`,
      expected: `${visible} visible and ${hidden} hidden units`,
      got: `${visibleBias.length} and ${hiddenBias.length}, ${weights.length} weights`,
    });
  });
}

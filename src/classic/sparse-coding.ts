import { scan } from '../ops/control/control.ts';
import { type TensorLike, toTensor } from '../ops/convert.ts';
import { zerosLike } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { add, div, mul, square, sub } from '../ops/math/arithmetic.ts';
import { log1p, rsqrt, sqrt } from '../ops/math/math.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { expandDims } from '../ops/shape/shape.ts';
import { normal } from '../random/distributions.ts';
import { key } from '../random/keys.ts';
import { NumberStream } from '../random/number-stream.ts';
import { jit } from '../tensor/jit.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { AntlerNumericError, AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { requireFitted, requireRows } from './fitted.ts';

/** Options of `sparseCoding`. */
export interface SparseCodingOptions {
  /** Units; more of them than features make the code overcomplete. */
  readonly components: number;
  /** Weight beta of the penalty beside the squares of what the code leaves out. Default 1. */
  readonly penalty?: number;
  /** Size s of a coefficient from which on the penalty flattens. Default 1. */
  readonly scale?: number;
  /** Updates of the dictionary. Default 1000. */
  readonly updates?: number;
  /** Rows of an update, drawn at random. Default 500. */
  readonly batchSize?: number;
  /** Steps towards the best code of a row. Default 40. */
  readonly codeSteps?: number;
  /** How far an update goes towards the dictionary that is best for its rows; falls to 0 along a line. Default 1. */
  readonly learningRate?: number;
  /** Of the first dictionary and the order of rows: a whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
}

/** Is told after each update the mean energy of its rows before it; `fit` waits for it. */
export type UpdateListener = (update: number, energy: number) => void | Promise<void>;

const DEFAULTS = {
  penalty: 1,
  scale: 1,
  updates: 1000,
  batchSize: 500,
  codeSteps: 40,
  learningRate: 1,
  seed: 0,
};

type Settings = Required<SparseCodingOptions>;

/** A dictionary of which every row needs few entries: see `sparseCoding`. */
export class SparseCoding {
  readonly #settings: Settings;
  readonly #encode: (rows: Tensor, dictionary: Tensor) => Tensor;
  #dictionary: Tensor | undefined;

  constructor(options: SparseCodingOptions) {
    requireKnownOptions(options, [...Object.keys(DEFAULTS), 'components'], 'sparseCoding');
    this.#settings = checked({ ...DEFAULTS, ...options });
    this.#encode = jit((rows: Tensor, dictionary: Tensor) => codesOf(rows, dictionary, this.#settings));
  }

  /** Rows of length 1, what each unit stands for: [components, features]. */
  get dictionary(): Tensor {
    return requireFitted(this.#dictionary, 'sparseCoding');
  }

  /**
   * Learns the dictionary.
   * @param x [rows, features], centred, and with features of about variance 1: `penalty` and `scale` are in their measure
   * @throws AntlerShapeError unless x is a matrix; AntlerNumericError where the energy is no number any more
   */
  async fit(x: TensorLike, onUpdate?: UpdateListener): Promise<this> {
    const where = 'sparseCoding, fit';
    const rows = toTensor(x, where);
    requireRows(rows, where);
    const { components, updates, batchSize, learningRate, seed } = this.#settings;
    const numbers = new NumberStream(seed);
    const learn = jit((all: Tensor, chosen: Tensor, dictionary: Tensor, rate: Tensor) =>
      improve(take(all, chosen), dictionary, rate, this.#settings),
    );
    let dictionary = jit(() => unitRows(normal(key(seed), [components, at(rows.shape, 1)])))();
    for (let update = 0; update < updates; update++) {
      const chosen = Int32Array.from({ length: batchSize }, () => numbers.below(at(rows.shape, 0)));
      const rate = fromHost(Float32Array.of(learningRate * (1 - update / updates)), [], 'float32');
      const next = learn(rows, fromHost(chosen, [batchSize], 'int32'), dictionary, rate);
      dictionary.dispose();
      dictionary = next.dictionary;
      const energy = await next.energy.item();
      if (!Number.isFinite(energy)) throw notFinite(energy, update);
      await onUpdate?.(update + 1, energy);
    }
    this.#dictionary = dictionary;
    return this;
  }

  /** The codes of rows: [rows, features] to [rows, components]. */
  transform(x: TensorLike): Tensor {
    const rows = toTensor(x, 'sparseCoding, transform');
    requireRows(rows, 'sparseCoding, transform', at(this.dictionary.shape, 1));
    return this.#encode(rows, this.dictionary);
  }

  /** The rows that codes stand for: [rows, components] to [rows, features]. */
  inverseTransform(codes: TensorLike): Tensor {
    const given = toTensor(codes, 'sparseCoding, inverseTransform');
    requireRows(given, 'sparseCoding, inverseTransform', at(this.dictionary.shape, 0));
    return matmul(given, this.dictionary);
  }
}

/**
 * Sparse coding: minimises |x - a Phi|^2 + penalty * sum log(1 + (a / scale)^2) over the codes a of each row and over the
 * dictionary Phi, whose rows keep length 1. Olshausen, Field 1996, "Emergence of simple-cell receptive field properties by
 * learning a sparse code for natural images". The codes descend with Nesterov's momentum.
 */
export function sparseCoding(options: SparseCodingOptions): SparseCoding {
  return new SparseCoding(options);
}

function checked(settings: Settings): Settings {
  const { components, updates, batchSize, codeSteps, penalty, scale, learningRate } = settings;
  for (const [name, value] of Object.entries({ components, updates, batchSize, codeSteps })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw refusal(`${name}, a whole number >= 1`, value);
  }
  if (!(penalty >= 0)) throw refusal('penalty >= 0', penalty);
  if (!(scale > 0)) throw refusal('scale > 0', scale);
  if (!(learningRate > 0)) throw refusal('learningRate > 0', learningRate);
  return settings;
}

function refusal(expected: string, value: number): AntlerValueError {
  return new AntlerValueError({ where: 'sparseCoding', expected, got: `${value}` });
}

function notFinite(energy: number, update: number): AntlerNumericError {
  return new AntlerNumericError({
    where: `sparseCoding, fit, update ${update + 1}`,
    expected: 'a finite energy',
    got: `${energy}`,
    fix: 'look for values in x that are no numbers, or lower learningRate',
  });
}

/**
 * One update of the dictionary. Each row moves by the gradient over the mean square of its coefficients, which is the second
 * derivative: units that are seldom used learn as fast as the others.
 */
function improve(
  rows: Tensor,
  dictionary: Tensor,
  rate: Tensor,
  settings: Settings,
): { readonly dictionary: Tensor; readonly energy: Tensor } {
  const codes = codesOf(rows, dictionary, settings);
  const left = sub(rows, matmul(codes, dictionary));
  const gradient = div(matmul(matrixTranspose(codes), left), at(rows.shape, 0));
  const curvature = add(mean(square(codes), { axis: 0 }), LEAST_CURVATURE * settings.scale ** 2);
  const next = unitRows(add(dictionary, mul(rate, div(gradient, expandDims(curvature, 1)))));
  const penalties = sum(log1p(square(div(codes, settings.scale))), { axis: 1 });
  const energy = mean(add(sum(square(left), { axis: 1 }), mul(penalties, settings.penalty)));
  return { dictionary: next, energy };
}

/** In squares of the scale: units that are hardly used at all stay where they are. */
const LEAST_CURVATURE = 0.01;

/** The codes after `codeSteps` of accelerated descent from 0. */
function codesOf(rows: Tensor, dictionary: Tensor, { penalty, scale, codeSteps }: Settings): Tensor {
  const overlaps = matmul(dictionary, matrixTranspose(dictionary));
  const drive = matmul(rows, matrixTranspose(dictionary));
  // half the gradient changes by no more than this times the change of the code
  const steepness = add(mul(largestEigenvalue(overlaps), EIGENVALUE_MARGIN), penalty / scale ** 2);
  const start = zerosLike(drive);
  const weights = momenta(codeSteps);
  const [{ codes }] = scan(
    ({ codes: before, ahead }: { readonly codes: Tensor; readonly ahead: Tensor }, momentum: Tensor) => {
      const pull = div(mul(ahead, penalty), add(square(ahead), scale ** 2));
      const slope = add(sub(matmul(ahead, overlaps), drive), pull);
      const after = sub(ahead, div(slope, steepness));
      return [{ codes: after, ahead: add(after, mul(momentum, sub(after, before))) }, null];
    },
    { codes: start, ahead: start },
    weights,
  );
  return codes;
}

/** Nesterov's weights for steps 1, 2 ...: (t - 1) / t' with t' = (1 + sqrt(1 + 4 t^2)) / 2. */
function momenta(steps: number): Tensor {
  let t = 1;
  const weights = Float32Array.from({ length: steps }, () => {
    const next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    const weight = (t - 1) / next;
    t = next;
    return weight;
  });
  return fromHost(weights, [steps], 'float32');
}

const POWER_STEPS = 20;

/** Power steps come from below; so much more is safe. */
const EIGENVALUE_MARGIN = 1.1;

/** Of a matrix without negative eigenvalues; at most the true value, and near it. */
function largestEigenvalue(matrix: Tensor): Tensor {
  const start = sum(square(matrix), { axis: 1, keepDims: true });
  const normalize = (vector: Tensor) => mul(vector, rsqrt(sum(square(vector))));
  const [vector] = scan(
    (before: Tensor): [Tensor, null] => [normalize(matmul(matrix, before)), null],
    normalize(start),
    null,
    { length: POWER_STEPS },
  );
  return sqrt(sum(square(matmul(matrix, vector))));
}

function unitRows(matrix: Tensor): Tensor {
  return mul(matrix, rsqrt(sum(square(matrix), { axis: 1, keepDims: true })));
}

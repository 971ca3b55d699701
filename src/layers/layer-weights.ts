import { type ConstraintLike, resolveConstraint } from '../constraints/constraints.ts';
import type { FanAxes } from '../initializers/fans.ts';
import type { Initializer } from '../initializers/initializer.ts';
import { type InitializerLike, resolveInitializer } from '../initializers/resolve.ts';
import { add } from '../ops/math/arithmetic.ts';
import { foldIn, key } from '../random/keys.ts';
import { type Regularizer, type RegularizerLike, resolveRegularizer } from '../regularizers/regularizers.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import type { DType } from '../util/dtypes.ts';
import { AntlerValueError } from '../util/errors.ts';
import { hashText } from '../util/hash.ts';
import type { Shape } from '../util/shapes.ts';
import { LayerVariable } from './layer-variable.ts';
import { SeedGenerator } from './seed-generator.ts';

/** Options of a weight. */
export interface WeightOptions {
  readonly regularizer?: RegularizerLike | null;
  /** What the weight obeys after each update. */
  readonly constraint?: ConstraintLike | null;
  /** The axes that count inputs and outputs, for initializers that scale. Default those of a matrix or windows. */
  readonly fanAxes?: FanAxes;
  /** Whether training may change it. Default true. */
  readonly trainable?: boolean;
  /** Default the layer's. */
  readonly dtype?: DType;
}

/** Where a layer stands: what names its weights, and seeds them. */
export interface Place {
  /** Names of the models around the layer, joined by `/`, without the outermost. */
  readonly prefix: string;
  readonly seed: number;
}

/** Makes the weights of one layer, in Keras's order. */
export interface WeightFactory {
  /** @param name Keras's, e.g. `kernel` */
  add(name: string, shape: Shape, initializer: InitializerLike, options?: WeightOptions): Variable;
  /** A stream of random keys of the layer's own. */
  seedGenerator(): SeedGenerator;
}

/** What the first value of a weight is drawn from. */
interface Origin {
  readonly name: string;
  readonly initializer: Initializer;
  readonly fanAxes: FanAxes | undefined;
}

/** The weights and random streams that one layer owns. */
export class LayerWeights implements WeightFactory {
  readonly weights: Variable[] = [];
  readonly generators: SeedGenerator[] = [];
  readonly #origins = new Map<Variable, Origin>();
  readonly #regularizers = new Map<Variable, Regularizer>();
  readonly #dtype: DType;
  #path: string;
  #seed: number;

  constructor(path: string, seed: number, dtype: DType) {
    this.#path = path;
    this.#seed = seed;
    this.#dtype = dtype;
  }

  add(name: string, shape: Shape, initializer: InitializerLike, options: WeightOptions = {}): Variable {
    const { regularizer = null, constraint = null, trainable = true, dtype = this.#dtype } = options;
    const path = `${this.#path}/${name}`;
    if (this.weights.some((weight) => weight.name === path)) {
      throw new AntlerValueError({
        where: path,
        expected: 'a name of its own for each weight',
        got: 'it twice',
      });
    }
    const { fanAxes } = options;
    const origin = { name, initializer: resolveInitializer(initializer, path), fanAxes };
    const first = origin.initializer.sample(shape, { dtype, key: this.#stream(path), fanAxes });
    const rule = constraint ? resolveConstraint(constraint, path) : undefined;
    const weight = new LayerVariable(first, { name: path, trainable, constraint: rule?.apply });
    this.#origins.set(weight, origin);
    if (regularizer) this.#regularizers.set(weight, resolveRegularizer(regularizer, path));
    this.weights.push(weight);
    return weight;
  }

  seedGenerator(): SeedGenerator {
    const name = this.#stateName();
    const generator = new SeedGenerator(this.#stream(name), name);
    this.generators.push(generator);
    return generator;
  }

  /** Gives weights and streams the names of another place, and its first values. */
  relocate(path: string, seed: number): void {
    this.rename(path);
    this.#seed = seed;
    for (const [weight, { initializer, fanAxes }] of this.#origins) {
      const { shape, dtype, name } = weight;
      weight.assign(initializer.sample(shape, { dtype, key: this.#stream(name), fanAxes }));
    }
    for (const { state } of this.generators) state.assign(this.#stream(state.name));
  }

  /** Gives weights and streams the names of another place, but leaves them as they are. */
  rename(path: string): void {
    this.#path = path;
    for (const [weight, { name }] of this.#origins) weight.name = `${path}/${name}`;
    for (const { state } of this.generators) state.name = this.#stateName();
  }

  /** The sum of all penalties, or undefined if no weight is regularized. */
  penalty(): Tensor | undefined {
    const penalties = [...this.#regularizers].map(([weight, regularizer]) =>
      regularizer.penalty(weight.read()),
    );
    return penalties.length > 0 ? penalties.reduce(add) : undefined;
  }

  #stateName(): string {
    return `${this.#path}/seed_generator_state`;
  }

  /** Depends on the seed and the path alone: not on the order of layers, nor on the backend. */
  #stream(path: string): Tensor {
    return foldIn(key(this.#seed), hashText(path));
  }
}

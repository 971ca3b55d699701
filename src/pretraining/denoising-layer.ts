import { zeros } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { add, cast, mul, sub } from '../ops/math/arithmetic.ts';
import { sigmoid } from '../ops/math/math.ts';
import { softplus } from '../ops/nn/nn.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { transpose } from '../ops/shape/shape.ts';
import { adam } from '../optimizers/adam.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { cosineDecay } from '../optimizers/schedules.ts';
import { bernoulli, uniform } from '../random/distributions.ts';
import { foldIn, key, split } from '../random/keys.ts';
import { gradients } from '../tensor/gradient.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import type { RbmParameters } from './rbm-options.ts';

/** What a layer is and how it learns. */
interface DenoisingLayerOptions {
  readonly visible: number;
  readonly hidden: number;
  /** Part of the inputs that is hidden from it. */
  readonly corruption: number;
  readonly seed: number;
  readonly learningRate: number;
  /** Updates until the rate is zero. */
  readonly steps: number;
}

/** One denoising autoencoder of sigmoid units with tied weights. */
export class DenoisingLayer {
  readonly size: number;
  readonly #weights: Variable;
  readonly #visibleBias: Variable;
  readonly #hiddenBias: Variable;
  readonly #optimizer: Optimizer;
  readonly #step: (rows: Tensor, places: Tensor) => Tensor;
  readonly #encode: (rows: Tensor) => Tensor;

  constructor({ visible, hidden, corruption, seed, learningRate, steps }: DenoisingLayerOptions) {
    const [forWeights, forMasks] = split(key(seed));
    const limit = Math.sqrt(6 / (visible + hidden)); // Glorot and Bengio 2010
    const first = uniform(forWeights, [visible, hidden], { minval: -limit, maxval: limit });
    this.size = visible * hidden;
    this.#weights = new Variable(first, { name: 'weights' });
    this.#visibleBias = new Variable(zeros([visible]), { name: 'visible_bias' });
    this.#hiddenBias = new Variable(zeros([hidden]), { name: 'hidden_bias' });
    const variables = [this.#weights, this.#visibleBias, this.#hiddenBias];
    const rate =
      steps > 0 ? cosineDecay({ initialLearningRate: learningRate, decaySteps: steps }) : learningRate;
    const optimizer = adam({ learningRate: rate });
    optimizer.build(variables);
    this.#optimizer = optimizer;
    this.#encode = jit((rows: Tensor) => this.#hidden(cast(rows, 'float32')));
    this.#step = jit((rows: Tensor, places: Tensor) => {
      const whole = cast(take(rows, places), 'float32');
      const loss = this.loss(whole, foldIn(forMasks, optimizer.iterations.read()), corruption);
      const slopes = gradients(
        loss,
        variables.map((one) => one.read()),
      );
      optimizer.apply(slopes, variables);
      return loss;
    });
  }

  /**
   * Cross-entropy, summed over the inputs, between rows and what comes back from corrupted copies. What is left is not
   * scaled up: a hidden input is a zero like any other.
   */
  loss(whole: Tensor, maskKey: Tensor, corruption: number): Tensor {
    const mask = cast(bernoulli(maskKey, 1 - corruption, whole.shape), 'float32');
    const hidden = this.#hidden(mul(whole, mask));
    const logits = add(matmul(hidden, transpose(this.#weights.read())), this.#visibleBias.read());
    return mean(sum(sub(softplus(logits), mul(whole, logits)), -1));
  }

  /** One update from the rows at some places. @returns the loss of the batch before it */
  update(rows: Tensor, places: Tensor, step: number): Tensor {
    this.#optimizer.beginStep(step);
    return this.#step(rows, places);
  }

  /** Hidden values of rows that are whole: [count, visible] to [count, hidden]. */
  encode(rows: Tensor): Tensor {
    return this.#encode(rows);
  }

  /** Copies of weights and biases. */
  async parameters(): Promise<RbmParameters> {
    const cells = [this.#weights, this.#visibleBias, this.#hiddenBias];
    const [weights, visibleBias, hiddenBias] = (await Promise.all(
      cells.map((cell) => cell.read().data()),
    )) as [Float32Array, Float32Array, Float32Array];
    return { weights, visibleBias, hiddenBias };
  }

  #hidden(rows: Tensor): Tensor {
    return sigmoid(add(matmul(rows, this.#weights.read()), this.#hiddenBias.read()));
  }
}

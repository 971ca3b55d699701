import { tensor, zeros } from '../../ops/create.ts';
import { add, mul, neg, square, sub } from '../../ops/math/arithmetic.ts';
import { mean, sum } from '../../ops/reduce/reduce.ts';
import { expandDims } from '../../ops/shape/shape.ts';
import * as optimizers from '../../optimizers/index.ts';
import { cosineDecay } from '../../optimizers/schedules.ts';
import * as random from '../../random/index.ts';
import { valueAndGrad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import type { Progress } from '../study.ts';

/** Many networks of one hidden layer that learn the same points side by side, and share nothing else. */
export interface Task {
  readonly activation: (z: Tensor) => Tensor;
  readonly units: number;
  readonly networks: number;
  readonly seed: number;
  readonly steps: number;
  /** At first; it falls to 0 as a cosine does. */
  readonly learningRate: number;
  /** Deviation of the first weights; where a unit has its middle is uniform on [0, 1]. */
  readonly steepness: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** The networks at some places of [0, 1]: [networks, places], row-major. */
export type Trained = (x: Float32Array) => Promise<Float32Array>;

interface Parameters<Cell> {
  /** [networks, units], as are biases and outputs. */
  readonly weights: Cell;
  readonly biases: Cell;
  readonly outputs: Cell;
  /** [networks, 1]. */
  readonly constants: Cell;
}

/** Learns by Adam with all points in each step. */
export async function train(task: Task, progress: Progress): Promise<Trained> {
  const { activation, steps, learningRate } = task;
  const cells = firstWeights(task);
  const variables = Object.values(cells);
  const optimizer = optimizers.adam({
    learningRate: cosineDecay({ initialLearningRate: learningRate, decaySteps: steps }),
  });
  optimizer.build(variables);
  const [x, y] = [tensor(task.x), tensor(task.y)];
  const step = jit(() => {
    const loss = (parameters: Parameters<Tensor>) =>
      sum(mean(square(sub(valuesOf(activation, parameters, x), y)), { axis: 1 }));
    const [value, slopes] = valueAndGrad(loss)(read(cells));
    optimizer.apply(Object.values(slopes), variables);
    return value;
  });
  for (let i = 0; i < steps; i++) {
    optimizer.beginStep(i);
    const loss = step();
    if (i % 100 === 0)
      await progress(i / steps, `squared error ${((await loss.item()) / task.networks).toPrecision(2)}`);
    loss.dispose();
  }
  return async (places) => Float32Array.from(await valuesOf(activation, read(cells), tensor(places)).data());
}

function firstWeights({ units, networks, seed, steepness }: Task): Parameters<Variable> {
  const [ofWeights, ofMiddles, ofOutputs] = random.split(random.key(seed), 3);
  const shape = [networks, units];
  const weights = mul(random.normal(ofWeights as Tensor, shape), steepness);
  const middles = random.uniform(ofMiddles as Tensor, shape);
  const outputs = mul(random.normal(ofOutputs as Tensor, shape), 1 / Math.sqrt(units));
  return {
    weights: new Variable(weights),
    biases: new Variable(neg(mul(weights, middles))),
    outputs: new Variable(outputs),
    constants: new Variable(zeros([networks, 1])),
  };
}

function read({ weights, biases, outputs, constants }: Parameters<Variable>): Parameters<Tensor> {
  return {
    weights: weights.read(),
    biases: biases.read(),
    outputs: outputs.read(),
    constants: constants.read(),
  };
}

/** [networks, places] at places [places] */
function valuesOf(activation: Task['activation'], parameters: Parameters<Tensor>, x: Tensor): Tensor {
  const { weights, biases, outputs, constants } = parameters;
  const hidden = activation(add(mul(expandDims(weights, 2), x), expandDims(biases, 2)));
  return add(sum(mul(hidden, expandDims(outputs, 2)), { axis: 1 }), constants);
}

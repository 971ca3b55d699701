import {
  abs,
  add,
  all,
  cast,
  less,
  logicalAnd,
  maximum,
  mul,
  scalar,
  square,
  sub,
  sum,
  where,
  zeros,
} from '../../ops/index.ts';
import { sgd } from '../../optimizers/index.ts';
import { valueAndGrad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import type { Network } from './network.ts';

/** Some sweeps at one rate: Δw = -rate ∂E/∂w + momentum Δw of the sweep before. */
export interface Phase {
  readonly sweeps: number;
  readonly rate: number;
  readonly momentum: number;
  /** Share of itself that each weight loses at each sweep. Default 0. */
  readonly decay?: number;
}

/** Patterns that many networks learn at once. */
export interface Task {
  readonly initial: Network;
  /** Answers of all networks: [networks, patterns, units]. */
  answers(network: Network): Tensor;
  /** [patterns, units] */
  readonly targets: Tensor;
  /** How far from its target an answer may stay without an error. Default 0. */
  readonly tolerance?: number;
  /** 1 for patterns that are learned, 0 for those that are kept back: [networks, patterns, 1]. Default all. */
  readonly learned?: Tensor;
  readonly phases: readonly Phase[];
}

/** How learning went. */
export interface Course {
  readonly network: Network;
  /** For each network the first sweep before which all answers were within 1/2 of their targets; -1 for never. */
  readonly solvedAt: Int32Array;
  /** Sweeps before which the error was noted. */
  readonly sweeps: number[];
  /** E of each network there: [notes, networks]. */
  readonly errors: Float32Array;
}

/** Sweeps between two notes of the error. */
const NOTE_EVERY = 25;

/** E = 1/2 sum over patterns and units of (y - d)²; a mean would need other rates: [networks]. */
export function errorsOf({ answers, targets, learned, tolerance = 0 }: Task, network: Network): Tensor {
  const misses = sub(answers(network), targets);
  const squares = square(tolerance === 0 ? misses : maximum(sub(abs(misses), tolerance), 0));
  return mul(sum(learned ? mul(squares, learned) : squares, [-2, -1]), 0.5);
}

/** Whether all answers of a network are within 1/2 of their targets: bool [networks]. */
function isSolved({ answers, targets }: Task, network: Network): Tensor {
  return all(less(abs(sub(answers(network), targets)), 0.5), [-2, -1]);
}

/** Sweeps over all patterns with many networks in one compiled step. */
export async function learnTogether(task: Task, progress: Progress): Promise<Course> {
  const state = new LearningState(task.initial);
  const total = task.phases.reduce((sum, { sweeps }) => sum + sweeps, 0);
  const sweeps: number[] = [];
  const errors: number[] = [];
  let done = 0;
  for (const phase of task.phases) {
    const step = state.stepOf(task, phase);
    for (let i = 0; i < phase.sweeps; i++, done++) {
      const error = step();
      if (done % NOTE_EVERY !== 0) continue;
      sweeps.push(done);
      errors.push(...(await error.data()));
      await progress(done / total, `sweep ${done}`);
    }
  }
  const solvedAt = Int32Array.from(await state.solvedAt.read().data());
  return { network: state.network(), solvedAt, sweeps, errors: Float32Array.from(errors) };
}

/** What changes while networks learn. */
class LearningState {
  readonly solvedAt: Variable;
  readonly #sweep = new Variable(scalar(0, 'int32'), { name: 'sweep' });
  readonly #layers: readonly (readonly [name: string, kernel: Variable, bias: Variable])[];

  constructor(initial: Network) {
    this.#layers = [...initial].map(([name, { kernel, bias }]) => [
      name,
      new Variable(kernel, { name }),
      new Variable(bias, { name: `${name} bias` }),
    ]);
    const networks = at(at(this.#variables, 0).shape, 0);
    this.solvedAt = new Variable(sub(zeros([networks], 'int32'), 1), { name: 'solved at' });
  }

  get #variables(): Variable[] {
    return this.#layers.flatMap(([, kernel, bias]) => [kernel, bias]);
  }

  network(): Network {
    return this.#networkOf(this.#variables.map((variable) => variable.read()));
  }

  #networkOf(weights: readonly Tensor[]): Network {
    return new Map(
      this.#layers.map(([name], i) => [name, { kernel: at(weights, 2 * i), bias: at(weights, 2 * i + 1) }]),
    );
  }

  /** One sweep; gives the errors before it. */
  stepOf(task: Task, { rate, momentum, decay = 0 }: Phase): () => Tensor {
    const variables = this.#variables;
    // the optimizer takes rate * weightDecay of a weight away
    const optimizer = sgd({ learningRate: rate, momentum, weightDecay: decay / rate });
    optimizer.build(variables);
    const total = (weights: Tensor[]) => sum(errorsOf(task, this.#networkOf(weights)));
    return jit(() => {
      const weights = variables.map((variable) => variable.read());
      const network = this.#networkOf(weights);
      const sweep = this.#sweep.read();
      const solvedAt = this.solvedAt.read();
      const isFirst = logicalAnd(isSolved(task, network), less(solvedAt, 0));
      this.solvedAt.assign(where(isFirst, sweep, solvedAt));
      this.#sweep.assign(cast(add(sweep, 1), 'int32'));
      optimizer.apply(valueAndGrad(total)(weights)[1], variables);
      return errorsOf(task, network);
    });
  }
}

import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import { jit } from '../tensor/jit.ts';
import { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import * as optimizers from './index.ts';
import type { Optimizer } from './optimizer.ts';
import { type OptimizerName, resolveOptimizer } from './resolve.ts';

interface Golden {
  readonly starts: readonly GoldenArray[];
  readonly gradients: readonly (readonly GoldenArray[])[];
  readonly cases: readonly {
    readonly kind: OptimizerName;
    readonly options: object;
    readonly states: readonly (readonly GoldenArray[])[];
    readonly slots: readonly GoldenArray[];
  }[];
}

const { starts, gradients, cases } = readGolden<Golden>('optimizers/optimizers.json');

const FACTORIES: Record<OptimizerName, (options: object) => Optimizer> = optimizers;

describe.each(cases)('$kind $options', ({ kind, options, states, slots }) => {
  it('goes the way of Keras, compiled', async () => {
    const variables = starts.map((start) => new Variable(goldenTensor(start)));
    const optimizer = FACTORIES[kind](options);
    optimizer.build(variables);
    const step = jit((slopes: ReturnType<typeof goldenTensor>[]) => {
      optimizer.apply(slopes, variables);
      return optimizer.iterations.read();
    });
    for (const [i, state] of states.entries()) {
      const count = step(at(gradients, i).map(goldenTensor));
      expect(await count.item()).toBe(i + 1);
      for (const [j, variable] of variables.entries()) await expectGolden(variable.read(), at(state, j));
    }
    const kept = optimizer.variables.slice(2);
    expect(kept.length).toBe(slots.length);
    for (const [i, slot] of kept.entries()) await expectGolden(slot.read(), at(slots, i));
  });
});

describe('optimizers', () => {
  const oneStep = async (optimizer: Optimizer, step: number) => {
    const variable = new Variable(tensor([1]));
    optimizer.build([variable]);
    optimizer.beginStep(step);
    optimizer.apply([tensor([1])], [variable]);
    return variable.read().item();
  };

  it('follow a schedule of the rate', async () => {
    const optimizer = optimizers.sgd({ learningRate: (step) => 0.5 / (step + 1) });
    expect(await oneStep(optimizer, 0)).toBe(0.5);
    expect(await oneStep(optimizer, 1)).toBe(0.75);
    expect(optimizer.learningRate).toBe(0.25);
  });

  it('take another rate without a new program', async () => {
    const optimizer = optimizers.sgd({ learningRate: 0.5 });
    optimizer.learningRate = 0.25;
    expect(await oneStep(optimizer, 0)).toBe(0.75);
  });

  it('name their state as Keras does', () => {
    const optimizer = optimizers.adam();
    optimizer.build([new Variable(tensor([1]), { name: 'dense/kernel' })]);
    expect(optimizer.variables.map(({ name }) => name)).toEqual([
      'iteration',
      'learning_rate',
      'dense/kernel/momentum',
      'dense/kernel/velocity',
    ]);
  });

  it('keep the slots of variables they know', () => {
    const variable = new Variable(tensor([1]));
    const optimizer = optimizers.sgd({ momentum: 0.9 });
    optimizer.build([variable]);
    const slot = at(optimizer.variables, 2);
    optimizer.build([variable, new Variable(tensor([2]))]);
    expect(at(optimizer.variables, 2)).toBe(slot);
    expect(optimizer.variables.length).toBe(4);
  });

  it('refuse what makes no sense', () => {
    expect(() => resolveOptimizer('adma' as OptimizerName, 'model.compile')).toThrow(
      "model.compile: expected an optimizer, got 'adma'; did you mean 'adam'?",
    );
    expect(() => optimizers.adam({ learningrate: 1 } as object)).toThrow("did you mean 'learningRate'?");
    expect(() => optimizers.sgd({ learningRate: -1 })).toThrow('SGD: expected a learning rate >= 0, got -1');
    expect(() => optimizers.sgd({ momentum: 2 })).toThrow('SGD: expected momentum in [0, 1], got 2');
    expect(() => optimizers.sgd({ clipnorm: 1, clipvalue: 1 })).toThrow('got clipnorm: 1 and clipvalue: 1');
    expect(() => optimizers.sgd({ clipvalue: 0 })).toThrow('SGD: expected clipvalue > 0, got 0');
  });
});

import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import * as optimizers from './index.ts';
import type { Optimizer } from './optimizer.ts';
import { type OptimizerName, resolveOptimizer } from './resolve.ts';

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
    const variable = new Variable(tensor([1]));
    optimizer.build([variable]);
    let traces = 0;
    const step = jit((slope: Tensor) => {
      traces++;
      optimizer.apply([slope], [variable]);
      return variable.read();
    });
    expect(await step(tensor([1])).item()).toBe(0.5);
    optimizer.learningRate = 0.25;
    expect(await step(tensor([1])).item()).toBe(0.25);
    expect(traces).toBe(1);
  });

  it('let a rate end a schedule, and a schedule follow a rate', () => {
    const optimizer = optimizers.sgd({ learningRate: (step) => 0.5 / (step + 1) });
    optimizer.learningRate = 0.1;
    optimizer.beginStep(3);
    expect(optimizer.learningRate).toBe(0.1);
    optimizer.learningRate = (step) => step + 2;
    expect(optimizer.learningRate).toBe(2);
    optimizer.beginStep(3);
    expect(optimizer.learningRate).toBe(5);
    expect(() => {
      optimizer.learningRate = Number.NaN;
    }).toThrow('SGD: expected a learning rate >= 0, got NaN');
    optimizer.beginStep(4);
    expect(optimizer.learningRate).toBe(6);
  });

  it('follow a rate that a checkpoint restores', () => {
    const optimizer = optimizers.sgd({ learningRate: (step) => (step === 1 ? 0.25 : 0.5) });
    at(optimizer.variables, 1).assign(tensor(0.25));
    expect(optimizer.learningRate).toBe(0.25);
    optimizer.beginStep(2);
    expect(optimizer.learningRate).toBe(0.5);
    expect(at(optimizer.variables, 1).read().itemSync()).toBe(0.5);
  });

  it('keep a schedule when a checkpoint restores the rate in full', () => {
    const optimizer = optimizers.sgd({ learningRate: (step) => 0.1 * (step + 1) });
    at(optimizer.variables, 1).assign(tensor(0.3));
    expect(optimizer.learningRate).toBe(Math.fround(0.3));
    optimizer.learningRate = 0.3;
    expect(optimizer.learningRate).toBe(0.3);
    optimizer.beginStep(3);
    expect(optimizer.learningRate).toBe(0.4);
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

  it('become their averages when training ends', async () => {
    const [variable, optimizer] = [
      new Variable(tensor([1])),
      optimizers.sgd({ learningRate: 0.5, useEma: true, emaMomentum: 0.5 }),
    ];
    optimizer.build([variable]);
    for (const slope of [1, -1]) optimizer.apply([tensor([slope])], [variable]);
    expect(await variable.read().item()).toBe(1);
    expect(await optimizer.averageOf(variable)?.read().item()).toBe(0.75);
    optimizer.finalizeVariables();
    expect(await variable.read().item()).toBe(0.75);
  });

  it('have their whole state in variables', async () => {
    const options = { learningRate: 0.1, useEma: true, gradientAccumulationSteps: 2 };
    const start = () => {
      const variable = new Variable(tensor([1, 2]));
      const optimizer = optimizers.nadam(options);
      optimizer.build([variable]);
      const state = [variable, ...optimizer.variables];
      const step = (slope: number) => optimizer.apply([tensor([slope, 1])], [variable]);
      return { state, step, values: () => state.map((kept) => kept.read().arraySync()) };
    };
    const first = start();
    for (const slope of [1, 2, 3]) first.step(slope);
    const second = start();
    second.state.forEach((variable, i) => {
      variable.assign(at(first.state, i).read());
    });
    for (const { step } of [first, second]) step(4);
    expect(second.values()).toEqual(first.values());
    expect(first.state.map(({ name }) => name)).toEqual([
      'variable',
      'iteration',
      'learning_rate',
      'variable/average',
      'variable/gradient_accumulator',
      'variable/momentum',
      'variable/velocity',
      'u_product',
    ]);
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
    expect(() => optimizers.adam({ beta1: '0.9' } as object)).toThrow(
      'Adam: expected beta1, a finite number, got "0.9"',
    );
    expect(() => optimizers.adam({ amsgrad: 1 } as object)).toThrow(
      'Adam: expected amsgrad, true or false, got 1',
    );
    expect(() => optimizers.adam({ excludeFromWeightDecay: 'bias' } as object)).toThrow(
      'Adam: expected excludeFromWeightDecay, a list of texts, got "bias"',
    );
    expect(() => optimizers.muon({ rmsRate: null, adamWeightDecay: null, weightDecay: null })).not.toThrow();
    expect(() => optimizers.adam({ weightDecay: 'much' } as object)).toThrow(
      'Adam: expected weightDecay, a finite number, got "much"',
    );
    expect(() => optimizers.adamW({ weightDecay: null })).toThrow(
      'AdamW: expected weightDecay, a number, got null',
    );
    expect(() => optimizers.lion({ beta1: 0 })).toThrow('Lion: expected beta1 in (0, 1], got 0');
    expect(() => optimizers.ftrl({ learningRatePower: 1 })).toThrow(
      'Ftrl: expected learningRatePower <= 0, got 1',
    );
    expect(() => optimizers.ftrl({ l1RegularizationStrength: -1 })).toThrow(
      'Ftrl: expected l1RegularizationStrength >= 0, got -1',
    );
    expect(() => optimizers.adam({ emaMomentum: 2 })).toThrow('Adam: expected emaMomentum in [0, 1], got 2');
    expect(() => optimizers.adam({ gradientAccumulationSteps: 1 })).toThrow(
      'Adam: expected gradientAccumulationSteps, a whole number >= 2 or null, got 1',
    );
  });
});

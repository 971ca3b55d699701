import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { mul, sign, sub } from '../ops/math/arithmetic.ts';
import { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import { optimizerFromConfig, optimizerToConfig, registerOptimizer } from './config.ts';
import { defineOptimizer } from './definition.ts';
import * as optimizers from './index.ts';
import type { Optimizer } from './optimizer.ts';
import { OPTIMIZER_DEFAULTS } from './options.ts';
import { cosineDecayRestarts, oneCycle } from './schedules.ts';

const FACTORIES: Record<string, () => Optimizer> = optimizers;

function throughText(optimizer: Optimizer): Optimizer {
  return optimizerFromConfig(JSON.parse(JSON.stringify(optimizerToConfig(optimizer))));
}

describe('optimizers as plain data', () => {
  it.each(Object.keys(FACTORIES))('%s comes back', (name) => {
    const optimizer = (FACTORIES[name] as () => Optimizer)();
    optimizer.learningRate = 0.125;
    const back = throughText(optimizer);
    expect(back.className).toBe(optimizer.className);
    expect(back.getConfig()).toEqual(optimizer.getConfig());
    expect(back.learningRate).toBe(0.125);
  });

  it.each([
    cosineDecayRestarts({ initialLearningRate: 0.5, firstDecaySteps: 3 }),
    oneCycle({ maxLearningRate: 1, totalSteps: 10 }),
  ])('$className comes back with its optimizer', (schedule) => {
    const optimizer = optimizers.adam({ learningRate: schedule, beta1: 0.5 });
    const back = throughText(optimizer);
    expect(optimizerToConfig(back)).toEqual(optimizerToConfig(optimizer));
    back.beginStep(4);
    expect(back.learningRate).toBe(schedule(4));
  });

  it('comes back as the user defined it', () => {
    const signs = defineOptimizer({
      className: 'Signs',
      defaults: { learningRate: 1, ...OPTIMIZER_DEFAULTS },
      slots: () => [],
      update: ({ value, gradient, learningRate }) => ({
        value: sub(value, mul(sign(gradient), learningRate)),
        slots: [],
      }),
    });
    registerOptimizer('Signs', signs);
    const [back, variable] = [throughText(signs({ learningRate: 2 })), new Variable(tensor([3, 3]))];
    back.build([variable]);
    back.apply([tensor([7, -7])], [variable]);
    expect(variable.read().arraySync()).toEqual([1, 5]);
    expect(at(back.variables, 1).name).toBe('learning_rate');
  });

  it('refuses what is not such data', () => {
    expect(() => optimizerFromConfig({ className: 'Adamm', config: {} })).toThrow(
      "optimizerFromConfig: expected an optimizer, got 'Adamm'; did you mean 'adam'?",
    );
    expect(() => optimizerFromConfig({ className: '__proto__', config: {} })).toThrow(
      'expected an optimizer',
    );
    expect(() => optimizerFromConfig(null as never)).toThrow(
      'optimizerFromConfig: expected { className, config }, got null',
    );
    const withRate = (learningRate: unknown) => () =>
      optimizerFromConfig({ className: 'SGD', config: { learningRate } });
    expect(withRate('fast')).toThrow('expected { className, config }, got string');
    expect(withRate({ className: 'Cosine', config: {} })).toThrow('expected a schedule of the learning rate');
    expect(() => optimizerToConfig(optimizers.sgd({ learningRate: (step) => step }))).toThrow(
      'SGD, learningRate: expected a rate or a schedule of learningRateSchedules, to write it down, got a function of your own',
    );
  });
});

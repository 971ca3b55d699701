import { input, layers, model, ones, sequential } from 'antler';
import type { Family } from '../mistake.ts';
import { ofClasses, QUIET, X } from '../programs.ts';

const unbuilt = () => sequential({ name: 'net', layers: [layers.dense({ units: 1 })] });

/** Models that are not ready, or put together wrongly. */
export const models: Family = {
  name: 'models',
  mistakes: [
    {
      mistake: 'fit before compile',
      run: () => unbuilt().fit(X, [0, 1], QUIET),
      message:
        "net: expected a compiled model, got one without loss and optimizer; call compile({ optimizer: 'adam', loss: ... }) first",
    },
    {
      mistake: 'evaluate before compile',
      run: () => unbuilt().evaluate(X, [0, 1]),
      message:
        "net: expected a compiled model, got one without loss and optimizer; call compile({ optimizer: 'adam', loss: ... }) first",
    },
    {
      mistake: 'a summary before the input is known',
      run: () => unbuilt().summary({ print: null }),
      message:
        'net (sequential).summary: expected a model that is built, got one whose input shape is not known yet; give inputShape to the first layer, or call build([null, ...shape])',
    },
    {
      mistake: 'weights set before the input is known',
      run: () => unbuilt().setWeights([ones([2, 1]), ones([1])]),
      message:
        'net (sequential).setWeights: expected a layer that is built, got one whose input shape is not known yet; call build(inputShape), or give inputShape to the first layer',
    },
    {
      mistake: 'fewer weights than the model has',
      run: () => ofClasses().setWeights([ones([2, 3])]),
      message: 'net (sequential).setWeights: expected 2 values (dense/kernel, dense/bias), got 1',
    },
    {
      mistake: 'a model without layers',
      run: () => sequential({ name: 'net' }).predict(X),
      message:
        'net (sequential): expected at least one layer, got none; write sequential([layers.dense({ units: 1 })]), or call add',
    },
    {
      mistake: 'two layers of one name',
      run: () => {
        const named = () => layers.dense({ units: 1, name: 'd' });
        return sequential({ name: 'net', layers: [named(), named()] });
      },
      message:
        "net (sequential).add: expected a name of its own for each layer, got 'd' twice; give one of them another name; a layer used twice needs model({ inputs, outputs })",
    },
    {
      mistake: 'two layers of one name in a functional model',
      run: () => {
        const [x, named] = [input({ shape: [2] }), () => layers.dense({ units: 1, name: 'd' })];
        return model({ name: 'net', inputs: x, outputs: named().apply(named().apply(x)) });
      },
      message:
        "net (functional): expected a name of its own for each layer, got 'd' twice; give the layers other names",
    },
    {
      mistake: 'one layer twice in a row of layers',
      run: () => {
        const layer = layers.dense({ units: 2 });
        return sequential({ name: 'net', layers: [layer, layer] });
      },
      message:
        "net (sequential).add: expected a name of its own for each layer, got 'dense' twice; give one of them another name; a layer used twice needs model({ inputs, outputs })",
    },
    {
      mistake: 'a layer added after the model is built',
      run: () => {
        const net = ofClasses();
        net.summary({ print: null });
        net.add(layers.dense({ units: 1 }));
      },
      message:
        'net (sequential).add: expected a model not built yet, got a built one; add all layers before the model is used',
    },
    {
      mistake: 'a layer that was not called',
      run: () => sequential({ name: 'net', layers: [layers.dense as never] }),
      message:
        'net (sequential).add: expected a layer, made by layers.dense(...) and the like, got a function; call it: layers.dense({ units: 1 })',
    },
    {
      mistake: 'the name of a layer for a layer',
      run: () => sequential({ name: 'net', layers: ['dense' as never] }),
      message: "net (sequential).add: expected a layer, made by layers.dense(...) and the like, got 'dense'",
    },
    {
      mistake: 'layers outside a list',
      run: () =>
        (sequential as (...given: unknown[]) => unknown)(layers.flatten(), layers.dense({ units: 1 })),
      message: 'sequential: expected a list of layers, got a layer; write sequential([first, second])',
    },
    {
      mistake: 'a slash in a name',
      run: () => sequential({ name: 'a/b' }),
      message: "sequential: expected a name without /, got 'a/b'",
    },
    {
      mistake: 'an input without a shape',
      run: () => input({ shapes: [2] } as never),
      message:
        'input: expected the option shape, the shape of one example, got undefined; write input({ shape: [28, 28, 1] })',
    },
    {
      mistake: 'losses for more outputs than there are',
      run: () => {
        const net = ofClasses();
        net.compile({ optimizer: 'sgd', loss: ['meanSquaredError', 'meanSquaredError'] });
        return net.fit(X, [0, 1], QUIET);
      },
      message: 'net.compile, loss: expected one for each of the outputs (output), got 2',
    },
  ],
};

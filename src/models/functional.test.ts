import { describe, expect, it } from 'vitest';
import { symbolicInput as input } from '../layers/core/input.ts';
import * as layers from '../layers/index.ts';
import { Layer } from '../layers/layer.ts';
import type { SymbolicTensor } from '../layers/symbolic-tensor.ts';
import { tensor, zeros } from '../ops/create.ts';
import { add, mul } from '../ops/math/arithmetic.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { model } from './functional.ts';
import { Model } from './model.ts';
import { sequential } from './sequential.ts';

/** Two inputs through one shared layer, two outputs. */
function siamese() {
  const [left, right] = [input({ shape: [3], name: 'left' }), input({ shape: [3], name: 'right' })];
  const shared = layers.dense({ units: 2, name: 'shared' });
  const both = layers.concatenate().apply([shared.apply(left), shared.apply(right)]);
  return model({
    inputs: [left, right],
    outputs: [layers.dense({ units: 1, name: 'score' }).apply(both), layers.subtract().apply([left, right])],
    name: 'siamese',
  });
}

const X = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('a functional model', () => {
  it('computes what its layers say', async () => {
    const x = input({ shape: [2] });
    const y = layers.add().apply([x, layers.dense({ units: 2, kernelInitializer: 'ones' }).apply(x)]);
    const net = model({ inputs: x, outputs: y });
    expect(await net.apply([[1, 2]]).array()).toEqual([[4, 5]]);
    expect(net.outputShape).toEqual([null, 2]);
    expect(y.shape).toEqual([null, 2]);
  });

  it('shares a layer that is applied twice', () => {
    const net = siamese();
    expect(net.weights.map(({ name }) => name)).toEqual([
      'shared/kernel',
      'shared/bias',
      'score/kernel',
      'score/bias',
    ]);
    expect(net.outputShape).toEqual([
      [null, 1],
      [null, 3],
    ]);
    expect(net.inputNames).toEqual(['left', 'right']);
    expect(net.outputNames).toEqual(['score', 'subtract']);
  });

  it('takes inputs as a list or by name, in any order', async () => {
    const net = siamese();
    const other = [
      [0, 0, 1],
      [1, 1, 1],
    ];
    const [score, difference] = await net.predict([X, other]);
    expect(await at([difference], 0)?.array()).toEqual([
      [1, 2, 2],
      [3, 4, 5],
    ]);
    const [named] = await net.predict({ right: other, left: X });
    expect(await named?.array()).toEqual(await score?.array());
    const [applied] = net.apply([tensor(X), tensor(other)]);
    expect(applied?.shape).toEqual([2, 1]);
  });

  it('gives outputs by name', async () => {
    const x = input({ shape: [2] });
    const net = model({
      inputs: { features: x },
      outputs: {
        twice: layers.rescaling({ scale: 2 }).apply(x),
        half: layers.rescaling({ scale: 0.5 }).apply(x),
      },
    });
    const { twice, half } = await net.predict({ features: [[2, 4]] });
    expect(await twice.array()).toEqual([[4, 8]]);
    expect(await half.array()).toEqual([[1, 2]]);
    expect(net.inputNames).toEqual(['features']);
  });

  it('names its layers the same whatever other models there are, and starts from its seed', async () => {
    const make = (seed: number) => {
      const x = input({ shape: [2] });
      const hidden = layers.dense({ units: 3 }).apply(x);
      return model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(hidden), seed });
    };
    const [first, same, other] = [make(1), make(1), make(2)];
    expect(first.layers.map(({ name }) => name)).toEqual(['input_layer', 'dense', 'dense_1']);
    const kernel = async (net: typeof first) => net.getWeights()[0]?.array();
    expect(await kernel(first)).toEqual(await kernel(same));
    expect(await kernel(first)).not.toEqual(await kernel(other));
    const chain = sequential({
      seed: 1,
      layers: [layers.dense({ units: 3, inputShape: [2] }), layers.dense({ units: 1 })],
    });
    expect(await at(chain.getWeights(), 0).array()).toEqual(await kernel(first));
  });

  it('holds models, and is held', async () => {
    const encoder = sequential({ name: 'encoder', layers: [layers.dense({ units: 2 })] });
    const z = input({ shape: [2] });
    const decoder = model({ inputs: z, outputs: layers.dense({ units: 4 }).apply(z), name: 'decoder' });
    const x = input({ shape: [4] });
    const auto = model({ inputs: x, outputs: decoder.apply(encoder.apply(x)) });
    expect(auto.weights.map(({ name }) => name)).toEqual([
      'encoder/dense/kernel',
      'encoder/dense/bias',
      'decoder/dense/kernel',
      'decoder/dense/bias',
    ]);
    const outer = sequential([layers.input({ shape: [4] }), auto, layers.dense({ units: 1 })]);
    expect(outer.outputShape).toEqual([null, 1]);
    expect((await outer.predict([[1, 2, 3, 4]])).shape).toEqual([1, 1]);
    expect(auto.getLayer('encoder')).toBe(encoder);
  });

  it('reuses inner values of another model', async () => {
    const x = input({ shape: [2] });
    const hidden = layers.dense({ units: 3, name: 'hidden' }).apply(x);
    const whole = model({ inputs: x, outputs: layers.dense({ units: 1, name: 'top' }).apply(hidden) });
    const features = model({ inputs: x, outputs: hidden });
    const top = model({ inputs: hidden, outputs: whole.outputs });
    const data = [[1, -1]];
    const viaParts = await top.predict(await features.predict(data));
    expect(await viaParts.array()).toEqual(await (await whole.predict(data)).array());
    expect(features.weights[0]).toBe(whole.weights[0]);
    expect(top.layers.map(({ name }) => name)).toEqual(['hidden_input', 'top']);
  });

  it('takes constants, integers, and inputs of any length', async () => {
    const x = input({ shape: [null], dtype: 'int32' });
    const doubled = layers.add().apply([x, x, tensor([[1]], 'int32')]);
    const net = model({ inputs: x, outputs: doubled });
    expect(doubled.dtype).toBe('int32');
    expect(doubled.shape).toEqual([null, null]);
    expect(await (await net.predict([[1, 2, 3]])).array()).toEqual([[3, 5, 7]]);
    expect(await (await net.predict([[5]])).array()).toEqual([[11]]);
  });

  it('can fix the mode of a layer', async () => {
    const x = input({ shape: [100] });
    const drop = layers.dropout({ rate: 0.5 });
    const net = model({ inputs: x, outputs: [drop.apply(x, { training: false }), drop.apply(x)] });
    const [kept, dropped] = net.apply(tensor([new Array<number>(100).fill(1)]), { training: true });
    expect(new Set(await kept?.data()).size).toBe(1);
    expect(new Set(await dropped?.data()).size).toBe(2);
  });
});

describe('training a functional model', () => {
  it('follows several losses, weights and metrics', async () => {
    const net = siamese();
    net.compile({
      optimizer: sgd({ learningRate: 0.01 }),
      loss: { score: 'meanSquaredError' },
      lossWeights: { score: 0.5 },
      metrics: { score: ['meanAbsoluteError'] },
    });
    const { history } = await net.fit([X, X], [[[1], [0]]], { epochs: 3, verbose: 0 });
    expect(Object.keys(history)).toEqual(['loss', 'scoreMeanAbsoluteError']);
    expect(at(history.loss ?? [], 2)).toBeLessThan(at(history.loss ?? [], 0));
    const both = siamese();
    both.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: [['meanAbsoluteError'], []] });
    const figures = await both.evaluate({ left: X, right: X }, { score: [1, 0], subtract: X });
    expect(Object.keys(figures)).toEqual(['loss', 'scoreLoss', 'subtractLoss', 'scoreMeanAbsoluteError']);
    expect(figures.loss).toBeCloseTo((figures.scoreLoss ?? 0) + (figures.subtractLoss ?? 0), 4);
  });

  it('validates on a part of all inputs', async () => {
    const net = siamese();
    net.compile({ optimizer: 'sgd', loss: ['meanSquaredError', null] });
    const rows = [...X, ...X];
    const { history } = await net.fit([rows, rows], [[1, 0, 1, 0], rows], {
      validationSplit: 0.5,
      verbose: 0,
    });
    expect(Object.keys(history)).toEqual(['loss', 'valLoss']);
  });

  it('leaves frozen layers and nested models alone', async () => {
    const inner = sequential({ name: 'inner', layers: [layers.dense({ units: 2, inputShape: [3] })] });
    const x = input({ shape: [3] });
    const net = model({ inputs: x, outputs: layers.dense({ units: 1, name: 'top' }).apply(inner.apply(x)) });
    inner.trainable = false;
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const values = () => Promise.all(net.getWeights().map((weight) => weight.array()));
    const before = await values();
    await net.fit(X, [1, 0], { verbose: 0 });
    const after = await values();
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toEqual(before[2]);
    inner.trainable = true;
    await net.fit(X, [1, 0], { verbose: 0 });
    expect((await values())[0]).not.toEqual(before[0]);
  });
});

describe('a subclass of Model', () => {
  class TwoHeaded extends Model<{ readonly sum: Tensor; readonly product: Tensor }> {
    readonly body = this.track(layers.dense({ units: 2 }));

    constructor() {
      super('TwoHeaded');
    }

    override call({ a, b }: { readonly a: Tensor; readonly b: Tensor }) {
      const [x, y] = [this.body.apply(a), this.body.apply(b)];
      return { sum: add(x, y), product: mul(x, y) };
    }
  }

  it('trains with a call of its own', async () => {
    const net = new TwoHeaded();
    net.compile({ optimizer: 'sgd', loss: { sum: 'meanSquaredError' } });
    const x = { a: X, b: X };
    const { history } = await net.fit(
      x,
      {
        sum: [
          [1, 1],
          [0, 0],
        ],
      },
      { epochs: 2, verbose: 0 },
    );
    expect(at(history.loss ?? [], 1)).toBeLessThan(at(history.loss ?? [], 0));
    const { sum, product } = await net.predict(x);
    expect([sum.shape, product.shape]).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(net.weights.map(({ name }) => name)).toEqual(['dense/kernel', 'dense/bias']);
    expect(net.outputNames).toEqual(['sum', 'product']);
  });
});

describe('the summary', () => {
  it('says what is connected to what, and what models hold', () => {
    const text = siamese().summary({ print: null });
    expect(
      text
        .split('\n')
        .map((line) => line.split(/ {2,}/))
        .slice(0, 8),
    ).toEqual([
      ['siamese (functional), input [batch, 3] and [batch, 3]'],
      ['layer (kind)', 'output shape', 'parameters', 'multiply-adds', 'activation', 'connected to'],
      [expect.stringMatching(/^-+$/)],
      ['left (inputLayer)', '[batch, 3]', '0', '0', '12 B'],
      ['right (inputLayer)', '[batch, 3]', '0', '0', '12 B'],
      ['shared (dense)', '[batch, 2]', '8', '12', '16 B', 'left, right'],
      ['concatenate (concatenate)', '[batch, 4]', '0', '0', '16 B', 'shared, shared'],
      ['score (dense)', '[batch, 1]', '5', '4', '4 B', 'concatenate'],
    ]);
    const inner = sequential({ name: 'inner', layers: [layers.dense({ units: 2 })] });
    const x = input({ shape: [3] });
    const chain = model({ inputs: x, outputs: inner.apply(x) }).summary({ print: null });
    expect(chain).not.toContain('connected to');
    expect(chain).toContain('\ninner (sequential)  ');
    expect(chain).toContain('\n  dense (dense)     ');
  });
});

describe('a functional model refuses', () => {
  it('outputs that need an input it was not given', () => {
    const [a, b] = [input({ shape: [2], name: 'a' }), input({ shape: [2], name: 'b' })];
    const sum = layers.dense({ units: 1, name: 'head' }).apply(layers.add().apply([a, b]));
    expect(() => model({ inputs: a, outputs: sum })).toThrow(
      "functional (functional): expected outputs that follow from the inputs, got one that needs the input 'b' " +
        'through add, head; put it among the inputs',
    );
  });

  it('values that are not symbolic', () => {
    const x = input({ shape: [2] });
    expect(() => model({ inputs: x, outputs: zeros([1]) as never })).toThrow(
      'functional (functional), outputs: expected symbolic values, of input(...) or of layers applied to such, got a tensor',
    );
    expect(() => model({ inputs: [], outputs: x })).toThrow(
      'functional (functional), inputs: expected symbolic',
    );
    expect(() => model({ inputs: x, outputs: x, output: x } as never)).toThrow("did you mean 'outputs'?");
    expect(() => model({ inputs: [x, x], outputs: x })).toThrow('expected different inputs, got one twice');
  });

  it('names twice', () => {
    const x = input({ shape: [2] });
    const first = layers.dense({ units: 2, name: 'a' }).apply(x);
    expect(() => model({ inputs: x, outputs: layers.dense({ units: 2, name: 'a' }).apply(first) })).toThrow(
      "functional (functional): expected a name of its own for each layer, got 'a' twice; give the layers other names",
    );
  });

  it('other inputs than it has', async () => {
    const net = siamese();
    await expect(net.predict([X])).rejects.toThrow(
      'siamese (functional), input: expected 2 inputs (left, right), got 1',
    );
    await expect(net.predict({ left: X, rigth: X })).rejects.toThrow("did you mean 'right'?");
    await expect(net.predict({ left: X })).rejects.toThrow("expected the input 'right', got none");
    await expect(net.predict([X, [[1, 2]]])).rejects.toThrow('as many examples for each input as');
    await expect(net.predict([[[1]], [[1]]])).rejects.toThrow(
      'siamese (functional), input: expected [batch, 3], got [batch, 1]',
    );
    expect(() => net.getLayer('scor')).toThrow("did you mean 'score'?");
  });

  it('losses and labels of other outputs than it has', async () => {
    const net = siamese();
    net.compile({ optimizer: 'sgd', loss: { scor: 'meanSquaredError' } });
    await expect(net.fit([X, X], [X, X])).rejects.toThrow(
      "siamese.compile, loss: expected the name of an output, got 'scor'; did you mean 'score'?",
    );
    net.compile({ optimizer: 'sgd', loss: ['meanSquaredError'] });
    await expect(net.fit([X, X], [X, X])).rejects.toThrow(
      'one for each of the outputs (score, subtract), got 1',
    );
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await expect(net.fit([X, X], { score: [1, 2] })).rejects.toThrow(
      "expected labels for 'subtract', got none",
    );
    await expect(net.fit([X, X], [[1, 2], X], { classWeight: { 0: 1 } })).rejects.toThrow(
      'expected classWeight for a model of one output, got 2 outputs',
    );
  });

  it('a layer of several inputs alone, and options it does not know', () => {
    expect(() => layers.dense({ units: 1 }).apply([zeros([1, 2]), zeros([1, 2])])).toThrow(
      'dense (dense), input: expected one tensor, got 2',
    );
    expect(() => layers.dense({ units: 1 }).apply(zeros([1, 2]), { trainig: true })).toThrow(
      "did you mean 'training'?",
    );
  });
});

describe('masks', () => {
  class MaskFirst extends Layer {
    override get supportsMasking() {
      return true;
    }
    override computeMask([x]: readonly Tensor[]) {
      return x && tensor([[true, false]]);
    }
    override call(x: Tensor) {
      return mul(x, 1);
    }
  }

  it('go through a graph to whatever heeds them', async () => {
    const x = input({ shape: [null], dtype: 'int32' });
    const vectors = layers.embedding({ inputDim: 5, outputDim: 3, maskZero: true, seed: 1 }).apply(x);
    const both = layers.bidirectional({ layer: layers.lstm({ units: 2, returnSequences: true, seed: 2 }) });
    const steps = both.apply(layers.dropout({ rate: 0.1 }).apply(vectors));
    const pooled = layers.globalAveragePooling1d().apply(steps);
    const net = model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(pooled) });
    const [padded, short] = [await net.predict([[1, 2, 0, 0]]), await net.predict([[1, 2]])];
    expect(await padded.item()).toBeCloseTo(await short.item(), 6);
    expect(await padded.item()).not.toBeCloseTo(await (await net.predict([[1, 2, 3, 3]])).item(), 6);
  });

  it('give attention and states of one layer to another', async () => {
    const x = input({ shape: [4, 3] });
    const [sequence, h, c] = layers.lstm({ units: 2, returnState: true, returnSequences: true }).apply(x);
    const decoded = layers.lstm({ units: 2 }).apply([sequence, h, c] as SymbolicTensor[]);
    const attended = layers
      .multiHeadAttention({ numHeads: 2, keyDim: 2 })
      .apply([x, x], { useCausalMask: true });
    const net = model({ inputs: x, outputs: [decoded, attended, h as SymbolicTensor] });
    expect((await net.predict(zeros([2, 4, 3]))).map(({ shape }) => shape)).toEqual([
      [2, 2],
      [2, 4, 3],
      [2, 2],
    ]);
  });

  it('leave masked steps out of the loss, as Keras does', async () => {
    const x = input({ shape: [2, 1] });
    const masked = new MaskFirst('MaskFirst').apply(x);
    const net = model({
      inputs: x,
      outputs: layers.dense({ units: 1, kernelInitializer: 'ones' }).apply(masked),
    });
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const { loss } = await net.evaluate([[[3], [100]]], [[[0], [0]]]);
    expect(loss).toBeCloseTo(9, 5);
  });
});

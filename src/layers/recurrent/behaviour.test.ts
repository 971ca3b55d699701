import { describe, expect, it } from 'vitest';
import { sequential } from '../../models/sequential.ts';
import { ones, tensor } from '../../ops/create.ts';
import { add, mul } from '../../ops/math/arithmetic.ts';
import { adam } from '../../optimizers/index.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { dense } from '../core/dense.ts';
import { embedding } from '../core/embedding.ts';
import { masking } from '../core/masking.ts';
import { maskOf } from '../masks.ts';
import { Bidirectional, bidirectional } from './bidirectional.ts';
import { RecurrentCell, type StepResult } from './cell.ts';
import { gru } from './gru.ts';
import { gruCell } from './gru-cell.ts';
import { lstm } from './lstm.ts';
import { lstmCell } from './lstm-cell.ts';
import { rnn } from './rnn.ts';
import { simpleRNN } from './simple-rnn.ts';
import { simpleRNNCell } from './simple-rnn-cell.ts';
import { stackedRNNCells } from './stacked-rnn-cells.ts';
import { timeDistributed } from './time-distributed.ts';

const X = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i * 1.3));
const sequences = () => tensor(X, [2, 4, 3]);
const numbers = async (x: Tensor) => [...(await x.data())];

describe('a stateful layer', () => {
  it('goes on where the batch before has ended, compiled or not', async () => {
    const whole = lstm({ units: 2, returnSequences: true, seed: 1, name: 'a' });
    const parts = lstm({ units: 2, returnSequences: true, seed: 1, name: 'a', stateful: true });
    const expected = await numbers(whole.apply(sequences()));
    for (const run of [(x: Tensor) => parts.apply(x), jit((x: Tensor) => parts.apply(x))]) {
      const first = await numbers(run(tensor(half(0), [2, 2, 3])));
      const second = await numbers(run(tensor(half(2), [2, 2, 3])));
      expect(first).toEqual([...expected.slice(0, 4), ...expected.slice(8, 12)]);
      second.forEach((value, i) => {
        expect(value).toBeCloseTo(at([...expected.slice(4, 8), ...expected.slice(12)], i), 6);
      });
      parts.resetStates();
    }
    expect(parts.weights).toHaveLength(3);
  });

  it('refuses a batch of another size', () => {
    const layer = gru({ units: 2, stateful: true });
    layer.apply(sequences());
    expect(() => layer.apply(ones([3, 4, 3]))).toThrow(
      'gru (gru), input: expected a batch of 2, as the first one, whose states go on, got 3',
    );
  });
});

/** Two steps of all sequences. */
function half(first: number): Float32Array {
  return Float32Array.from([0, 1].flatMap((b) => [...X.slice((b * 4 + first) * 3, (b * 4 + first + 2) * 3)]));
}

describe('masks', () => {
  it('come from embeddings and masking, and end where a sequence becomes a vector', () => {
    const words = embedding({ inputDim: 4, outputDim: 2, maskZero: true }).apply(
      tensor([[1, 0, 3]], 'int32'),
    );
    expect(maskOf(words)?.shape).toEqual([1, 3]);
    const all = lstm({ units: 2, returnSequences: true }).apply(words);
    expect(maskOf(all)).toBe(maskOf(words));
    expect(maskOf(lstm({ units: 2 }).apply(all))).toBeUndefined();
    expect(
      maskOf(bidirectional({ layer: gru({ units: 2, returnSequences: true }) }).apply(all)),
    ).toBeDefined();
    expect(maskOf(timeDistributed({ layer: dense({ units: 1 }) }).apply(all))).toBeDefined();
  });

  it('leave the steps out', async () => {
    const layer = gru({ units: 2, seed: 3 });
    const short = await numbers(layer.apply(tensor([[[1], [2]]])));
    const filledUp = await numbers(layer.apply(masking().apply(tensor([[[1], [2], [0], [0]]]))));
    expect(filledUp).toEqual(short);
  });

  it('of an embedding let lengths vary', () => {
    const layer = embedding({ inputDim: 4, outputDim: 2 });
    expect(layer.apply(tensor([[1, 2]], 'int32')).shape).toEqual([1, 2, 2]);
    expect(layer.apply(tensor([[1, 2, 3]], 'int32')).shape).toEqual([1, 3, 2]);
  });
});

describe('dropout in a cell', () => {
  it('drops the same inputs in all steps, anew for each batch, and only in training', async () => {
    const layer = simpleRNN({
      units: 40,
      dropout: 0.5,
      recurrentInitializer: 'zeros',
      kernelInitializer: 'identity',
      activation: 'linear',
      returnSequences: true,
    });
    const drop = async (training: boolean) => numbers(layer.apply(ones([1, 3, 40]), { training }));
    const values = await drop(true);
    expect(new Set(values)).toEqual(new Set([0, 2]));
    expect(values.slice(0, 40)).toEqual(values.slice(40, 80));
    expect(await drop(true)).not.toEqual(values);
    expect(await drop(false)).toEqual(new Array(120).fill(1));
    expect(layer.seedStates).toHaveLength(1);
  });

  it.each([
    ['simpleRNN', simpleRNN({ units: 4, recurrentDropout: 0.5, returnSequences: true })],
    ['lstm', lstm({ units: 4, dropout: 0.3, recurrentDropout: 0.5, returnSequences: true })],
    ['gru', gru({ units: 4, dropout: 0.3, recurrentDropout: 0.5, returnSequences: true })],
    ['gru, reset before', gru({ units: 4, recurrentDropout: 0.5, resetAfter: false, returnSequences: true })],
    [
      'stack',
      rnn({ cell: [lstmCell({ units: 4, dropout: 0.5 }), gruCell({ units: 4, recurrentDropout: 0.5 })] }),
    ],
  ])('trains %s on noise that outside training is gone', async (_name, layer) => {
    const run = jit((x: Tensor) => layer.apply(x, { training: true }));
    expect(await numbers(run(sequences()))).not.toEqual(await numbers(run(sequences())));
    expect(await numbers(layer.apply(sequences()))).toEqual(await numbers(layer.apply(sequences())));
  });
});

describe('rnn', () => {
  /** The sum of all inputs so far. */
  class Sum extends RecurrentCell {
    override get stateSizes() {
      return [3];
    }

    override call([x, sum]: readonly Tensor[]): StepResult {
      const next = add(x as Tensor, sum as Tensor);
      return [mul(next, 10), next];
    }
  }

  it('runs cells that users write', async () => {
    const layer = rnn({ cell: new Sum('Sum'), returnSequences: true, returnState: true });
    const [outputs, last] = layer.apply(
      tensor([
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ]),
    );
    expect(await outputs?.array()).toEqual([
      [
        [10, 20, 30],
        [50, 70, 90],
      ],
    ]);
    expect(await last?.array()).toEqual([[5, 7, 9]]);
    expect(() => bidirectional({ layer: rnn({ cell: new Sum('Sum') }) })).toThrow(
      'a cell that can be copied',
    );
  });

  it('runs a cell for a step of its own', async () => {
    const cell = stackedRNNCells({ cells: [lstmCell({ units: 2 }), simpleRNNCell({ units: 3 })] });
    const [h, c, g] = [[[0.1, 0.2]], [[0.3, 0.4]], [[0.5, 0.6, 0.7]]];
    const [output, ...states] = cell.apply([[[1, 2]], h, c, g]);
    const [whole, ...last] = rnn({ cell, returnState: true }).apply(
      [[[[1, 2]]], h, c, g].map((value) => tensor(value as number[][])),
    );
    expect(await output.array()).toEqual(await whole?.array());
    expect(states.map(({ shape }) => shape)).toEqual(last.map(({ shape }) => shape));
  });
});

describe('recurrent layers', () => {
  it('learn in a model', async () => {
    const model = sequential({
      seed: 1,
      layers: [
        embedding({ inputDim: 4, outputDim: 4, maskZero: true, inputShape: [5] }),
        bidirectional({ layer: lstm({ units: 4, returnSequences: true }) }),
        gru({ units: 4 }),
        dense({ units: 2, activation: 'softmax' }),
      ],
    });
    model.compile({ optimizer: adam({ learningRate: 0.01 }), loss: 'sparseCategoricalCrossentropy' });
    const words = Array.from({ length: 32 }, (_, i) =>
      Array.from({ length: 5 }, (_, t) => (t < 3 + (i % 3) ? 1 + ((i * 7 + t * t) % 3) : 0)),
    );
    const classes = words.map(([first]) => Number(first === 1));
    const { history } = await model.fit(tensor(words, 'int32'), tensor(classes, 'int32'), {
      epochs: 60,
      verbose: 0,
    });
    const loss = history.loss ?? [];
    expect(at(loss, -1)).toBeLessThan(0.8 * at(loss, 0));
  }, 60_000);

  it('tell their options', () => {
    const config = lstm({ units: 2, returnSequences: true, name: 'x' }).getConfig();
    expect(config).toMatchObject({
      name: 'x',
      units: 2,
      returnSequences: true,
      recurrentActivation: 'sigmoid',
    });
    const { forwardLayer, backwardLayer } = new Bidirectional(
      { layer: gru({ units: 2 }), backwardLayer: null, mergeMode: 'concat' },
      {},
    );
    expect(forwardLayer.getConfig()).toMatchObject({ name: 'forward_gru', goBackwards: false });
    expect(backwardLayer.getConfig()).toMatchObject({ name: 'backward_gru', goBackwards: true });
  });

  it('start the forget gate at one', async () => {
    const layer = lstm({ units: 2 });
    layer.build([null, 4, 3]);
    expect(await at(layer.weights, 2).read().array()).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it('refuse what makes no sense', () => {
    expect(() => lstm({ units: 0 })).toThrow('lstm: expected units, a whole number >= 1, got 0');
    expect(() => lstm({ units: 2, returnSequence: true } as never)).toThrow(
      "did you mean 'returnSequences'?",
    );
    expect(() => gruCell({} as never)).toThrow('gruCell: expected the option units, got none');
    expect(() => simpleRNN({ units: 1, dropout: 1 })).toThrow('simpleRNN: expected dropout in [0, 1), got 1');
    expect(() => lstm({ units: 2 }).apply([[1, 2]])).toThrow(
      'lstm (lstm), input: expected [batch, time, features], got [batch, 2]',
    );
    expect(() => lstm({ units: 2 }).apply([sequences(), ones([2, 2])])).toThrow(
      'initial states: expected [2, 2] and [2, 2], got [2, 2]',
    );
    expect(() => rnn({ cell: dense({ units: 1 }) } as never)).toThrow(
      'rnn: expected a cell, or a list of cells',
    );
    expect(() => stackedRNNCells({ cells: [] })).toThrow('stackedRNNCells: expected the option cells');
    expect(() => bidirectional({ layer: gru({ units: 1 }), mergeMode: 'cat' as 'concat' })).toThrow(
      'a mergeMode',
    );
    expect(() => bidirectional({ layer: gru({ units: 1 }), backwardLayer: gru({ units: 1 }) })).toThrow(
      'a backwardLayer whose goBackwards differs',
    );
    expect(() => timeDistributed({ layer: dense({ units: 1 }) }).apply([[1]])).toThrow(
      'expected [batch, time, ...]',
    );
  });
});

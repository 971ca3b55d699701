import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { tensor } from '../../ops/create.ts';
import { mul } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { gradients } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { maskOf } from '../masks.ts';
import { additiveAttention } from './additive-attention.ts';
import { attention } from './attention.ts';
import type { AttentionLayer } from './attention-call.ts';
import { groupedQueryAttention } from './grouped-query-attention.ts';
import { multiHeadAttention } from './multi-head-attention.ts';

interface Golden {
  readonly kind: keyof typeof FACTORIES;
  readonly options: never;
  readonly inputs: readonly GoldenArray[];
  readonly arguments: Readonly<Record<string, boolean | GoldenArray | readonly GoldenArray[]>>;
  readonly names: readonly string[];
  readonly weights: readonly GoldenArray[];
  readonly y: GoldenArray;
  readonly scores: GoldenArray;
  readonly cotangent: GoldenArray;
  readonly slopesOfInputs: readonly GoldenArray[];
  readonly slopesOfWeights: readonly GoldenArray[];
}

const FACTORIES = { attention, additiveAttention, multiHeadAttention, groupedQueryAttention };

function decoded(argument: boolean | GoldenArray | readonly GoldenArray[]): unknown {
  if (Array.isArray(argument)) return argument.map(goldenTensor);
  return typeof argument === 'boolean' ? argument : goldenTensor(argument as GoldenArray);
}

function callOptions(golden: Golden) {
  return Object.fromEntries(
    Object.entries(golden.arguments).map(([name, value]) => [name, decoded(value)] as const),
  );
}

const cases = ['attention', 'multi-head-attention', 'grouped-query-attention'].flatMap((name) =>
  readGolden<Golden[]>(`layers/${name}.json`),
);

describe.each(cases)('$kind $options', (golden) => {
  const make = FACTORIES[golden.kind] as (options: object) => AttentionLayer;

  it('is that of Keras', async () => {
    const layer = make(golden.options);
    const inputs = golden.inputs.map(goldenTensor);
    layer.build(inputs.map(({ shape }) => [null, ...shape.slice(1)]));
    expect(layer.weights.map(({ name }) => name)).toEqual(
      golden.names.map((name) => `${layer.name}/${name}`),
    );
    expect(layer.weights.map(({ shape }) => shape)).toEqual(golden.weights.map(({ shape }) => shape));
    layer.setWeights(golden.weights.map(goldenTensor));
    const options = callOptions(golden);
    await expectGolden(layer.apply(inputs, options), golden.y);
    const [y, scores] = layer.apply(inputs, { ...options, returnAttentionScores: true });
    const total = sum(mul(y, goldenTensor(golden.cotangent)));
    const slopes = gradients(total, [...inputs, ...layer.getWeights()]);
    await expectGolden(scores, golden.scores);
    const expected = [...golden.slopesOfInputs, ...golden.slopesOfWeights];
    for (const [i, slope] of slopes.entries()) await expectGolden(slope, at(expected, i));
  });
});

const SEQUENCE = tensor([
  [
    [1, 2],
    [3, -1],
    [0, 1],
  ],
]);

describe.each(Object.entries(FACTORIES))('%s', (kind, make) => {
  const options = {
    attention: {},
    additiveAttention: {},
    multiHeadAttention: { numHeads: 2, keyDim: 3 },
    groupedQueryAttention: { headDim: 3, numQueryHeads: 2, numKeyValueHeads: 1 },
  }[kind];
  const layerOf = (more: object = {}) =>
    (make as (options: object) => AttentionLayer)({ ...options, ...more, seed: 1 });

  it('lets no query see what comes later', async () => {
    const layer = layerOf();
    const changed = tensor([
      [
        [1, 2],
        [3, -1],
        [9, 9],
      ],
    ]);
    const results = [SEQUENCE, changed].map((x) => layer.apply([x, x], { useCausalMask: true }));
    const [first, second] = await Promise.all(results.map(async (y) => [...(await y.data())]));
    expect(first?.slice(0, 4)).toEqual(second?.slice(0, 4));
    expect(first?.slice(4)).not.toEqual(second?.slice(4));
  });

  it('takes nothing from values that a mask hides, and hands on the mask of the query', async () => {
    const mask = tensor([[true, true, false]]);
    const result = layerOf().apply([SEQUENCE, SEQUENCE], { mask: [mask, mask], returnAttentionScores: true });
    const [output, scores] = result;
    const weights = [...(await scores.data())];
    expect(weights.filter((_, i) => i % 3 === 2).every((weight) => weight === 0)).toBe(true);
    expect(maskOf(output)).toBe(mask);
  });

  it('drops scores in training only, and anew each time', async () => {
    const layer = layerOf({ dropout: 0.5 });
    const step = jit((x: Tensor) => layer.apply([x, x], { training: true }));
    const [first, second] = [[...(await step(SEQUENCE).data())], [...(await step(SEQUENCE).data())]];
    expect(first).not.toEqual(second);
    const outside = layerOf().apply([SEQUENCE, SEQUENCE]);
    expect(await layer.apply([SEQUENCE, SEQUENCE]).array()).toEqual(await outside.array());
    expect(layer.seedStates.length).toBe(1);
  });

  it('computes in double precision', () => {
    expect(layerOf({ dtype: 'float64' }).apply([SEQUENCE, SEQUENCE]).dtype).toBe('float64');
  });

  it('refuses a lone input and a rate that leaves nothing', () => {
    expect(() => layerOf().apply([SEQUENCE])).toThrow(
      'expected [query, value] or [query, value, key], got one tensor; give [x, x] for x to attend to itself',
    );
    expect(() => layerOf().apply([SEQUENCE, SEQUENCE], { useCausalmask: true })).toThrow("'useCausalMask'");
    expect(() => layerOf({ dropout: 1 })).toThrow('expected dropout in [0, 1), got 1');
  });
});

describe('heads', () => {
  it('give 0 beside the bias to a query that sees nothing', async () => {
    const layer = multiHeadAttention({ numHeads: 1, keyDim: 2, biasInitializer: 'ones' });
    const attentionMask = tensor([
      [
        [false, false, false],
        [true, false, false],
        [true, true, false],
      ],
    ]);
    const result = layer.apply([SEQUENCE, SEQUENCE], { attentionMask });
    expect([...(await result.data())].slice(0, 2)).toEqual([1, 1]);
  });

  it('refuse what makes no sense', () => {
    const layer = multiHeadAttention({ numHeads: 2, keyDim: 2 });
    const longer = tensor([[[1, 2]], [[3, 4]]]);
    expect(() => layer.apply([SEQUENCE, longer])).toThrow('value and key with the batch axes of the query');
    expect(() => layer.apply([SEQUENCE, SEQUENCE], { attentionMask: [true] })).toThrow(
      'attentionMask: expected a mask that broadcasts to [1, 2, 3, 3], got [1]',
    );
    expect(() => multiHeadAttention({ numHeads: 0, keyDim: 2 })).toThrow(
      'multiHeadAttention: expected numHeads, a whole number >= 1, got 0',
    );
    expect(() =>
      multiHeadAttention({ numHeads: 1, keyDim: 2, attentionAxes: 0 }).apply([SEQUENCE, SEQUENCE]),
    ).toThrow('attentionAxes between the batch and the features');
    expect(() => groupedQueryAttention({ headDim: 2, numQueryHeads: 3, numKeyValueHeads: 2 })).toThrow(
      'expected numQueryHeads, a multiple of numKeyValueHeads, got 3 and 2',
    );
    expect(() => attention({ scoreMode: 'dott' as 'dot' })).toThrow("did you mean 'dot'?");
  });
});

import { describe, expect, it } from 'vitest';
import * as layers from '../../layers/index.ts';
import type { Layer } from '../../layers/layer.ts';
import { sparseCategoricalCrossentropy } from '../../losses/crossentropy.ts';
import type { LossLike } from '../../losses/resolve.ts';
import type { RowsLike } from '../rows.ts';
import { type Sequential, sequential } from '../sequential.ts';

const BYTES = { data: Uint8Array.of(0, 255, 7, 8), shape: [2, 2] };
const softmax = () => layers.dense({ units: 3, activation: 'softmax' });

function compiled(list: readonly Layer[], loss: LossLike = 'sparseCategoricalCrossentropy'): Sequential {
  const model = sequential(list);
  model.compile({ optimizer: 'sgd', loss });
  return model;
}

async function hints(model: Sequential, x: RowsLike): Promise<string[]> {
  const lines: string[] = [];
  await model.fit(x, [0, 1], { print: (line) => lines.push(line) });
  return lines.filter((line) => line.startsWith('hint: '));
}

const SMALL = [
  [0, 1],
  [1, 0],
];

describe('no hint', () => {
  it.each<[string, Sequential, RowsLike]>([
    ['for a network as it should be', compiled([softmax()]), SMALL],
    ['for bytes that are scaled', compiled([layers.rescaling({ scale: 1 / 255 }), softmax()]), BYTES],
    ['for bytes that are normalized', compiled([layers.batchNormalization(), softmax()]), BYTES],
    [
      'for large indices',
      compiled([layers.embedding({ inputDim: 256, outputDim: 2 }), layers.flatten(), softmax()]),
      BYTES,
    ],
    [
      'for logits that the loss knows of',
      compiled([layers.dense({ units: 3 })], sparseCategoricalCrossentropy({ fromLogits: true })),
      SMALL,
    ],
    ['for values', compiled([layers.dense({ units: 1 })], 'meanSquaredError'), SMALL],
  ])('%s', async (_name, model, x) => {
    expect(await hints(model, x)).toEqual([]);
  });
});

it('a hint comes once for each compile, also from a model inside', async () => {
  const model = compiled([sequential([layers.flatten(), layers.dense({ units: 3 })]), layers.softmax()]);
  expect(await hints(model, BYTES)).toEqual([
    'hint: sequential.fit, examples: expected inputs of about -1 to 1 for dense (dense), got numbers up to 255; ' +
      'put layers.rescaling({ scale: 1 / 255 }) first',
  ]);
  expect(await hints(model, BYTES)).toEqual([]);
  model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
  expect(await hints(model, BYTES)).toHaveLength(1);
});

it('several hints come together', async () => {
  const model = compiled([layers.dense({ units: 3 })]);
  model.trainable = false;
  expect(await hints(model, BYTES)).toHaveLength(3);
});

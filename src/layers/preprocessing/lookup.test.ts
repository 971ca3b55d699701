import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { layerOf } from '../../../test/support/layer-golden.ts';
import { tensor } from '../../ops/create.ts';
import type { NestedArray } from '../../tensor/tensor.ts';
import * as layers from '../index.ts';
import { layerToConfig } from '../layer-config.ts';
import { IntegerLookup } from './integer-lookup.ts';
import { StringLookup } from './string-lookup.ts';
import { TextVectorization } from './text-vectorization.ts';
import type { Texts } from './tokens.ts';

interface LookupCase {
  readonly kind: string;
  readonly options: object;
  readonly adapt: Texts | NestedArray | null;
  readonly x: Texts | NestedArray;
  readonly vocabulary: readonly (string | number)[];
  readonly y?: GoldenArray;
  readonly texts?: Texts;
}

const CASES = ['lookup', 'text'].flatMap((name) => readGolden<LookupCase[]>(`layers/${name}.json`));

describe.each(CASES)('$kind $options', (golden) => {
  const { adapt, x, y, texts, vocabulary } = golden;

  it('is that of Keras, and so is one made of its description', async () => {
    const layer = layerOf(layers, golden);
    if (layer instanceof IntegerLookup) {
      if (adapt) await layer.adapt(adapt as NestedArray);
      expect(layer.getVocabulary()).toEqual(vocabulary);
    } else if (layer instanceof StringLookup || layer instanceof TextVectorization) {
      if (adapt) await layer.adapt(adapt as Texts);
      expect(layer.getVocabulary()).toEqual(vocabulary);
    }
    const { config } = JSON.parse(JSON.stringify(layerToConfig(layer))) as { config: object };
    for (const one of [layer, layerOf(layers, { kind: golden.kind, options: config })]) {
      if (y) await expectGolden(one.apply(x as NestedArray), y);
      else expect((one as StringLookup).tokensAt(x as NestedArray)).toEqual(texts);
    }
  });
});

describe('lookups', () => {
  async function* stream() {
    yield [['b a', 'a'], { data: Float32Array.of(0, 1), shape: [2] }] as const;
    yield ['c c', 'c'];
  }

  it('adapt to batches of a dataset', async () => {
    const layer = layers.textVectorization();
    await layer.adapt(stream());
    expect(layer.getVocabulary()).toEqual(['', '[UNK]', 'c', 'a', 'b']);
    await layer.adapt(stream(), { steps: 1 });
    expect(layer.getVocabulary()).toEqual(['', '[UNK]', 'a', 'b']);
    expect(layer.apply(['b c']).arraySync()).toEqual([[3, 1]]);
  });

  it('of numbers are part of compiled models', () => {
    const layer = layers.integerLookup({ vocabulary: [10, 20], outputMode: 'oneHot' });
    expect(layer.computeOutputShape([null, 1])).toEqual([null, 3]);
    const indices = layers.integerLookup({ vocabulary: [10, 20], numOovIndices: 0 });
    expect(indices.apply(tensor([10, 20, 30], 'int32')).arraySync()).toEqual([0, 1, 2 ** 31 - 1]);
  });

  it('can be given another vocabulary', () => {
    const layer = layers.stringLookup();
    layer.setVocabulary(['x', 'y']);
    expect(layer.apply(['y', 'z']).arraySync()).toEqual([2, 0]);
    expect(layer.vocabularySize).toBe(3);
  });

  it('refuse what makes no sense', async () => {
    const lookup = layers.stringLookup;
    expect(() => lookup().apply(['a'])).toThrow(
      'string_lookup (stringLookup), apply: expected a vocabulary, got none yet; give the option vocabulary, or call adapt(data) first',
    );
    expect(() => layers.textVectorization().apply(['a'])).toThrow('expected a vocabulary, got none yet');
    expect(() => layers.integerLookup().apply([1])).toThrow('expected a vocabulary, got none yet');
    expect(() => lookup({ vocabulary: ['a'], numOovIndices: 0 }).apply(['b'])).toThrow(
      "expected tokens of the vocabulary, got 'b'; set numOovIndices to 1",
    );
    expect(() => lookup({ vocabulary: ['a', 'b', 'a'] })).toThrow("of different tokens, got 'a' twice");
    expect(() => lookup({ vocabulary: ['a', ''], maskToken: '' })).toThrow('without the maskToken');
    expect(() => lookup({ vocabulary: ['a', '[UNK]'], invert: true })).toThrow('without the oovToken');
    expect(() => lookup({ vocabulary: ['a', 'b'], maxTokens: 2 })).toThrow(
      'at most 2 tokens (maxTokens), got 3',
    );
    expect(() => lookup({ vocabulary: ['a'], invert: true }).apply(['a'])).toThrow('call tokensAt(indices)');
    expect(() => lookup({ maxTokens: 1 })).toThrow('maxTokens, a whole number > 1, or null, got 1');
    expect(() => lookup({ padToMaxTokens: true })).toThrow('maxTokens beside padToMaxTokens, got null');
    expect(() => lookup({ outputMode: 'tfIdf', vocabulary: ['a'] })).toThrow(
      'vocabulary and idfWeights together',
    );
    expect(() => lookup({ idfWeights: [1] })).toThrow("outputMode 'tfIdf' beside idfWeights, got 'int'");
    expect(() => lookup({ invert: true, outputMode: 'count' })).toThrow("outputMode 'int' beside invert");
    expect(() => lookup({ outputMode: 'tfIdf', vocabulary: ['a'], idfWeights: [1, 2] })).toThrow(
      'expected 1 idfWeights, one for each token, got 2',
    );
    await expect(lookup({ vocabulary: ['a'] }).adapt(['b'])).rejects.toThrow(
      'string_lookup (stringLookup).adapt: expected a layer without the option vocabulary, got one that has it',
    );
    await expect(lookup().adapt([1] as never)).rejects.toThrow(
      'expected texts: a string, or arrays of strings',
    );
    expect(() => layers.textVectorization({ split: 'words' as 'character' })).toThrow("a split, got 'words'");
    expect(() => layers.textVectorization({ standardize: 'upper' as 'lower' })).toThrow('a standardize');
    expect(() => layers.textVectorization({ outputMode: 'count', outputSequenceLength: 3 })).toThrow(
      "outputMode 'int' beside outputSequenceLength, got 'count'",
    );
    expect(() => layers.textVectorization({ vocabulary: ['a'] }).apply([['a', 'b']])).toThrow(
      'expected [batch] or [batch, 1] texts to split, got [1, 2]',
    );
  });
});

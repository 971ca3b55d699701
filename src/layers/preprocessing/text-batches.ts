import { Tensor } from '../../tensor/tensor.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { AdaptOptions } from './adapt-data.ts';
import { type Texts, type TokenArray, textsOf } from './tokens.ts';

/** One batch of texts; of several parts, such as `[texts, labels]`, the first counts. */
export type TextBatch = Texts | readonly [Texts, ...unknown[]];

/** What a layer of texts adapts to: all texts at once, or batches: a generator, a dataset. */
export type TextData = Texts | Iterable<TextBatch> | AsyncIterable<TextBatch>;

/** The batches, in order. @throws AntlerDataError if there are none */
export async function* textBatches(
  data: TextData,
  { steps = Infinity }: AdaptOptions,
  where: string,
): AsyncGenerator<TokenArray<string>> {
  let count = 0;
  const batches = typeof data === 'string' || Array.isArray(data) ? [data as Texts] : data;
  for await (const batch of batches as Iterable<TextBatch> | AsyncIterable<TextBatch>) {
    if (count >= steps) return;
    count++;
    yield textsOf(firstPart(batch), where);
  }
  if (count === 0) throw new AntlerDataError({ where, expected: 'at least one batch', got: 'none' });
}

function firstPart(batch: TextBatch): Texts {
  const hasOthers = Array.isArray(batch) && batch.some(isNoText);
  return (hasOthers ? batch[0] : batch) as Texts;
}

function isNoText(part: unknown): boolean {
  return part instanceof Tensor || (typeof part === 'object' && part !== null && !Array.isArray(part));
}

import { type TensorLike, toTensor } from '../../ops/convert.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerTypeError, at } from '../../util/errors.ts';
import { formatShape, type Shape } from '../../util/shapes.ts';

/** A text, or nested arrays of texts of equal lengths. */
export type Texts = string | readonly Texts[];

/** Texts or whole numbers on the host, as a list under a shape. */
export interface TokenArray<Token> {
  readonly items: readonly Token[];
  readonly shape: Shape;
}

/** Texts as a list. @throws AntlerTypeError for anything else; AntlerShapeError if arrays are ragged */
export function textsOf(texts: Texts, where: string): TokenArray<string> {
  const shape: number[] = [];
  for (let item: unknown = texts; Array.isArray(item); item = item[0]) shape.push(item.length);
  const items: string[] = [];
  const visit = (item: unknown, axis: number): void => {
    if (typeof item === 'string' && axis === shape.length) items.push(item);
    else if (Array.isArray(item) && item.length === shape[axis])
      for (const inner of item) visit(inner, axis + 1);
    else throw misfit(item, shape, where);
  };
  visit(texts, 0);
  return { items, shape };
}

function misfit(item: unknown, shape: Shape, where: string): Error {
  if (Array.isArray(item) || typeof item === 'string') {
    const expected = `arrays of equal length in every row (shape ${formatShape(shape)} by the first)`;
    const got = Array.isArray(item) ? `a row of ${item.length}` : `the text '${item}'`;
    return new AntlerShapeError({ where, expected, got });
  }
  const got = item instanceof Tensor ? `a tensor of ${item.dtype}` : item === null ? 'null' : typeof item;
  return new AntlerTypeError({ where, expected: 'texts: a string, or arrays of strings', got });
}

/** Texts, or whole numbers as decimal texts. */
export function tokensOf(values: Texts | TensorLike, where: string): TokenArray<string> {
  if (holdsText(values)) return textsOf(values as Texts, where);
  const numbers = toTensor(values as TensorLike, where);
  const items = Array.from(numbers.dataSync(), (x) => String(Math.trunc(x)));
  return { items, shape: numbers.shape };
}

/** Whether the first of nested values is a text. */
export function holdsText(values: unknown): boolean {
  let item = values;
  while (Array.isArray(item)) item = item[0];
  return typeof item === 'string';
}

/** A list under a shape as nested arrays. */
export function nestTexts(items: readonly string[], shape: Shape): Texts {
  const [extent, ...rest] = shape;
  if (extent === undefined) return at(items, 0);
  const size = items.length / Math.max(1, extent);
  return Array.from({ length: extent }, (_, i) => nestTexts(items.slice(i * size, (i + 1) * size), rest));
}

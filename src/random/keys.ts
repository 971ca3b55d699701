import type { Node } from '../graph/node.ts';
import { stack } from '../ops/shape/shape.ts';
import { cast } from '../primitives/elementwise/arithmetic.ts';
import { hashBits, randomBits, type ThreefryWord } from '../primitives/random.ts';
import { broadcastTo, reshape, slice } from '../primitives/structure/views.ts';
import { fromHost, Tensor } from '../tensor/tensor.ts';
import { AntlerTypeError, AntlerValueError } from '../util/errors.ts';
import { formatShape, type Shape } from '../util/shapes.ts';
import { shown } from '../util/shown.ts';

/**
 * A random key: int32 [2], the 64-bit key of Threefry. A key is a value, so it can be passed into compiled
 * functions; the same key gives the same numbers on every backend and with any number of threads.
 * @param seed whole number in [0, 2^53)
 */
export function key(seed: number): Tensor {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new AntlerValueError({ where: 'key', expected: 'a whole seed in [0, 2^53)', got: `${seed}` });
  }
  return fromHost(Int32Array.of(Math.floor(seed / 2 ** 32), seed % 2 ** 32), [2], 'int32');
}

/** Two independent keys made of one. */
export function split(key: Tensor): [Tensor, Tensor];
/** `count` independent keys made of one. */
export function split(key: Tensor, count: number): Tensor[];
export function split(key: Tensor, count = 2): Tensor[] {
  if (!Number.isInteger(count) || count < 0) {
    throw new AntlerValueError({ where: 'split', expected: 'a whole number of keys', got: `${count}` });
  }
  const [first, second] = (['first', 'second'] as const).map(
    (word) => new Tensor(bitsOf(key, [count], word, 'split')),
  );
  const keys = stack([first as Tensor, second as Tensor], 1).node;
  return Array.from({ length: count }, (_, i) => {
    const row = slice(keys, { start: [i, 0], step: [1, 1], shape: [1, 2] });
    return new Tensor(reshape(row, [2]));
  });
}

/**
 * A key made of a key and a number: different numbers give independent keys.
 * @param data a whole number below 2^32 in size, or an integer scalar tensor such as a step counter
 */
export function foldIn(key: Tensor, data: number | Tensor): Tensor {
  const counter = typeof data === 'number' ? hostCounter(data) : deviceCounter(data);
  const [first, second] = words(key, [], 'foldIn');
  const mixed = (['first', 'second'] as const).map(
    (word) => new Tensor(hashBits(first, second, counter, word)),
  );
  return stack(mixed);
}

function hostCounter(data: number): Node {
  if (Number.isInteger(data) && Math.abs(data) < 2 ** 32)
    return fromHost(Int32Array.of(data), [], 'int32').node;
  throw new AntlerValueError({
    where: 'foldIn',
    expected: 'a whole number below 2^32 in size',
    got: `${data}`,
  });
}

function deviceCounter(data: Tensor): Node {
  if (data.rank === 0 && (data.dtype === 'int32' || data.dtype === 'uint8')) return cast(data.node, 'int32');
  throw new AntlerTypeError({
    where: 'foldIn',
    expected: 'an integer scalar',
    got: `${data.dtype}${formatShape(data.shape)}`,
  });
}

/** 32 random bits an element, as int32. */
export function bits(key: Tensor, shape: Shape): Tensor {
  return new Tensor(bitsOf(key, shape, 'both', 'bits'));
}

/** Random bits as a node: one word of each element's block, or both mixed. */
export function bitsOf(key: Tensor, shape: Shape, word: ThreefryWord, where: string): Node {
  const [first, second] = words(key, shape, where);
  return randomBits(first, second, word);
}

/** The two words of a key, repeated to a shape. */
function words(key: Tensor, shape: Shape, where: string): [Node, Node] {
  if (!(key instanceof Tensor) || key.dtype !== 'int32' || key.rank !== 1 || key.size !== 2) {
    throw new AntlerTypeError({
      where,
      expected: 'a random key (int32 [2])',
      got: key instanceof Tensor ? `${key.dtype} ${formatShape(key.shape)}` : shown(key),
      fix: 'make one with random.key(seed)',
    });
  }
  const word = (i: number) => {
    const element = reshape(slice(key.node, { start: [i], step: [1], shape: [1] }), []);
    return broadcastTo(element, shape);
  };
  return [word(0), word(1)];
}

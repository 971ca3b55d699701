import { type Expr, k } from '../graph/kernel/expr.ts';
import type { Node } from '../graph/node.ts';
import { apply, type MapPrimitive } from '../graph/primitive.ts';
import { at, invariant } from '../util/errors.ts';
import { sameShape, sizeOf } from '../util/shapes.ts';
import { batchedInput } from './batching.ts';
import { applicable } from './define.ts';
import { broadcastTo, reshape } from './structure/views.ts';

type IotaAttrs = { readonly size: number };

const iotaPrimitive: MapPrimitive<IotaAttrs> = {
  kind: 'map',
  name: 'iota',
  positional: true,
  infer: (_inputs, { size }) => ({ shape: [size], dtype: 'int32' }),
  gradient: () => [],
  reference: (_args, _attrs, { position }) => position,
  lower: (_args, _attrs, { position }) => position,
};

/** The int32 vector 0, 1, ..., size - 1. */
export const iota = applicable(iotaPrimitive, (size: number) => apply(iotaPrimitive, [], { size }));

/** Which of the two words of a block: the first, the second, or their exclusive or. */
export type ThreefryWord = 'first' | 'second' | 'both';

interface Words<T> {
  add(a: T, b: T): T;
  xor(a: T, b: T): T;
  rotate(x: T, bits: number): T;
  constant(value: number): T;
}

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** The key schedule's parity word of Threefish. */
const PARITY = 0x1bd11bda;

/** Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"). */
export function threefry2x32<T>(words: Words<T>, key: readonly [T, T], counter: readonly [T, T]): [T, T] {
  const schedule = [key[0], key[1], words.xor(words.xor(key[0], key[1]), words.constant(PARITY))];
  let first = words.add(counter[0], key[0]);
  let second = words.add(counter[1], key[1]);
  for (let group = 0; group < 5; group++) {
    for (const bits of at(ROTATIONS, group % 2)) {
      first = words.add(first, second);
      second = words.xor(words.rotate(second, bits), first);
    }
    first = words.add(first, at(schedule, (group + 1) % 3));
    second = words.add(words.add(second, at(schedule, (group + 2) % 3)), words.constant(group + 1));
  }
  return [first, second];
}

/** Words as JavaScript int32. */
export const int32Words: Words<number> = {
  add: (a, b) => (a + b) | 0,
  xor: (a, b) => a ^ b,
  rotate: (x, bits) => (x << bits) | (x >>> (32 - bits)),
  constant: (value) => value | 0,
};

const exprWords: Words<Expr> = {
  add: (a, b) => k.add(a, b),
  xor: (a, b) => k.xor(a, b),
  rotate: (x, bits) => k.or(k.shiftLeft(x, k.int(bits)), k.shiftRightUnsigned(x, k.int(32 - bits))),
  constant: (value) => k.int(value),
};

function pick<T>([first, second]: readonly [T, T], word: ThreefryWord, words: Words<T>): T {
  return word === 'first' ? first : word === 'second' ? second : words.xor(first, second);
}

const randomBitsPrimitive: MapPrimitive<{ word: ThreefryWord }> = {
  kind: 'map',
  name: 'randomBits',
  positional: true,
  infer: ([first, second]) => {
    invariant(first?.dtype === 'int32' && second?.dtype === 'int32', 'randomBits wants int32 keys');
    invariant(sameShape(first.shape, second.shape), 'randomBits of unlike shapes');
    return { shape: first.shape, dtype: 'int32' };
  },
  gradient: () => [null, null],
  batch: (context) => {
    const [first, second] = [batchedInput(context, 0), batchedInput(context, 1)];
    const own = first.shape.slice(1);
    const places = broadcastTo(reshape(iota(sizeOf(own)), own), first.shape);
    return hashBits(first, second, places, context.attrs.word);
  },
  reference: ([first = 0, second = 0], { word }, { position }) =>
    pick(threefry2x32(int32Words, [first, second], [0, position]), word, int32Words),
  lower: ([first, second], { word }, { position }) => {
    invariant(first && second, 'randomBits without key');
    return pick(threefry2x32(exprWords, [first, second], [k.int(0), position]), word, exprWords);
  },
};

/** 32 random bits an element: Threefry with the key at the element and its position as counter. */
export const randomBits = applicable(randomBitsPrimitive, (first: Node, second: Node, word: ThreefryWord) =>
  apply(randomBitsPrimitive, [first, second], { word }),
);

const hashBitsPrimitive: MapPrimitive<{ word: ThreefryWord }> = {
  kind: 'map',
  name: 'hashBits',
  infer: (inputs) => {
    const [first] = inputs;
    invariant(first && inputs.length === 3, 'hashBits wants two words of a key and a counter');
    invariant(
      inputs.every((x) => x.dtype === 'int32' && sameShape(x.shape, first.shape)),
      'hashBits wants int32 of one shape',
    );
    return { shape: first.shape, dtype: 'int32' };
  },
  gradient: () => [null, null, null],
  reference: ([first = 0, second = 0, counter = 0], { word }) =>
    pick(threefry2x32(int32Words, [first, second], [0, counter]), word, int32Words),
  lower: ([first, second, counter], { word }) => {
    invariant(first && second && counter, 'hashBits without inputs');
    return pick(threefry2x32(exprWords, [first, second], [k.int(0), counter]), word, exprWords);
  },
};

/** 32 random bits an element: Threefry with the key and the counter at the element. */
export const hashBits = applicable(
  hashBitsPrimitive,
  (first: Node, second: Node, counter: Node, word: ThreefryWord) =>
    apply(hashBitsPrimitive, [first, second, counter], { word }),
);

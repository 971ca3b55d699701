import { describe, expect, it } from 'vitest';
import { arange, oneHot, ones, tensor } from './create.ts';
import { at, type Index } from './index/indexing.ts';
import { take } from './index/take.ts';
import { einsum } from './linalg/einsum.ts';
import { matmul, tensordot } from './linalg/linalg.ts';
import { bitwiseAnd } from './math/compare.ts';
import { conv2d } from './nn/conv.ts';
import { maxPool2d } from './nn/pool.ts';
import { max, sum } from './reduce/reduce.ts';
import { argmax } from './search/arg.ts';
import { broadcastTo, concat, reshape, squeeze, stack, transpose } from './shape/shape.ts';
import { slice, split } from './shape/slicing.ts';
import { pad } from './shape/tiling.ts';

const x = ones([2, 3]);

describe('ops say what is wrong', () => {
  it.each([
    ['sum: expected an axis in [-2, 1], got 2', () => sum(x, 2)],
    ['sum: expected distinct axes, got [0, -2]', () => sum(x, [0, -2])],
    ['max: expected at least one element, got shape [0, 3]', () => max(ones([0, 3]), 0)],
    ['argmax: expected at least one element, got shape [0]', () => argmax(ones([0]))],
    ['reshape: expected a shape of 6 elements (from [2, 3]), got [4, -1]', () => reshape(x, [4, -1])],
    ['reshape: expected whole extents >= 0, got [-1]', () => reshape(x, [-1, -1])],
    ['transpose: expected each of 2 axes once, got [0, 0]', () => transpose(x, [0, 0])],
    ['squeeze: expected an axis of extent 1, got axis 1 of shape [2, 3]', () => squeeze(x, 1)],
    ['broadcastTo: expected a shape that [2, 3] broadcasts to, got [1, 3]', () => broadcastTo(x, [1, 3])],
    ['concat: expected [2, 3] but for axis 1, got [3, 3]', () => concat([x, ones([3, 3])], 1)],
    ['concat: expected at least one tensor, got none', () => concat([])],
    ['stack: expected [2, 3], got [3]', () => stack([x, ones([3])])],
    [
      'slice: expected a block inside shape [2, 3], got begin [0, 2], size [1, 2]',
      () => slice(x, [0, 2], [1, 2]),
    ],
    ['split: expected an extent that 2 divides, got 3', () => split(x, 2, 1)],
    ['split: expected sizes that add up to 3, got [1, 1]', () => split(x, [1, 1], 1)],
    ['take: expected whole indices in [-3, 2], got 3', () => take(x, [0, 3], 1)],
    [
      "take: expected integer indices, got float32; convert with cast(x, 'int32')",
      () => take(x, tensor([0])),
    ],
    ['pad: expected 2 pairs [before, after], got 1', () => pad(x, [[1, 1]])],
    [
      'pad: expected a width that shape [2, 3] can fill, got 2',
      () =>
        pad(
          x,
          [
            [2, 0],
            [0, 0],
          ],
          { mode: 'reflect' },
        ),
    ],
    [
      'matmul: expected the last axis of a as long as the last but one of b, got [2, 3] and [2, 3]',
      () => matmul(x, x),
    ],
    [
      'matmul: expected at least one axis on both sides, got [] and [2, 3]; multiply by a scalar with mul',
      () => matmul(2, x),
    ],
    [
      'tensordot: expected equal extents along paired axes, got [2, 3] along 1 and [2, 3] along 0',
      () => tensordot(x, x, 1),
    ],
    ["einsum: expected an equation such as 'ij,jk->ik', got 'ij->k1'", () => einsum('ij->k1', x)],
    ["einsum: expected 2 operands for 'ij,jk', got 1", () => einsum('ij,jk', x)],
    ["einsum 'ijk->i': expected an operand with axes 'ijk', got [2, 3]", () => einsum('ijk->i', x)],
    ["einsum 'ij->k': expected output letters that an input has, got 'k'", () => einsum('ij->k', x)],
    ["einsum 'ij,jk': expected one extent for 'j', got 3 and 2", () => einsum('ij,jk', x, x)],
    ['conv2d: expected [batch, height, width, channels], got [2, 3]', () => conv2d(x, x)],
    [
      'conv2d: expected a kernel [...window, channels / groups, filters] for 3 channels in 1 groups and 2 spatial axes, got [2, 2, 1, 4]',
      () => conv2d(ones([1, 4, 4, 3]), ones([2, 2, 1, 4])),
    ],
    [
      "conv2d: expected a window no larger than the padded input [2, 2], got [3, 3] with dilation [1, 1]; choose padding 'same' or a smaller kernel",
      () => conv2d(ones([1, 2, 2, 1]), ones([3, 3, 1, 1])),
    ],
    [
      "conv2d: expected padding 'valid', 'same', or 2 pairs [before, after] of whole numbers >= 0, got [[1,1]]",
      () => conv2d(ones([1, 4, 4, 1]), ones([2, 2, 1, 1]), { padding: [[1, 1]] }),
    ],
    [
      'conv2d: expected strides: 2 whole numbers > 0, got [0,1]',
      () => conv2d(ones([1, 4, 4, 1]), ones([2, 2, 1, 1]), { strides: [0, 1] }),
    ],
    [
      "maxPool2d: expected a window no larger than the padded input [2, 2], got [3, 3]; choose padding 'same' or a smaller poolSize",
      () => maxPool2d(ones([1, 2, 2, 1]), { poolSize: 3 }),
    ],
    [
      "bitwiseAnd: expected integers or bool, got float32; convert with cast(x, 'int32')",
      () => bitwiseAnd(x, x),
    ],
    ["oneHot: expected integer classes, got float32; convert with cast(x, 'int32')", () => oneHot(x, 3)],
    ['arange: expected finite bounds and a step that is not 0, got 0,3,0', () => arange(0, 3, 0)],
  ])('%s', (message, act) => {
    expect(act).toThrow(message);
  });

  it.each([
    ['at, axis 1: expected a whole index in [-3, 2], got 3', [0, 3]],
    [
      'at, axis 0: expected a range [start, stop, step] of whole numbers with a step that is not 0, got [0,1,0]',
      [[0, 1, 0]],
    ],
    ['at: expected at most 2 indices for shape [2, 3], got 3 indices', [0, 0, 0]],
    ["at: expected at most one '...', got 2 of them", ['...', '...']],
    ['at, axis 0: expected a whole index in [-2, 1], got 0.5', [0.5]],
  ] as [string, Index[]][])('%s', (message, indices) => {
    expect(() => at(x, ...indices)).toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { ones, tensor, zeros } from '../create.ts';
import { convTranspose2d } from '../nn/conv-transpose.ts';
import { depthwiseConv2d } from '../nn/separable-conv.ts';
import { sum } from '../reduce/reduce.ts';
import { depthToSpace, extractPatches, spaceToDepth } from './patches.ts';
import { type Interpolation, resize } from './resize.ts';

describe('resize', () => {
  it('keeps the dtype for nearest, and the tensor for the same size', () => {
    const picture = tensor([[[1], [2]]], 'uint8');
    expect(resize(picture, [2, 2], { interpolation: 'nearest' }).dtype).toBe('uint8');
    expect(resize(picture, [1, 2]).arraySync()).toEqual([[[1], [2]]]);
  });

  it('passes on as much gradient as it gives weight', () => {
    const slope = grad((x: Tensor) => sum(resize(x, [1, 2])));
    expect(slope(ones([1, 4, 1])).arraySync()).toEqual([[[0.5], [0.5], [0.5], [0.5]]]);
  });

  it('says what it does not know', () => {
    expect(() => resize(zeros([2, 2]), [1, 1])).toThrow(AntlerShapeError);
    expect(() => resize(zeros([2, 2, 1]), [0, 1])).toThrow(AntlerValueError);
    expect(() => resize(zeros([2, 2, 1]), [1, 1], { interpolation: 'area' as Interpolation })).toThrow(
      'lanczos3',
    );
  });
});

describe('pictures in parts', () => {
  it('refuse what does not fit', () => {
    expect(() => extractPatches(zeros([1, 2, 2, 1]), { size: 3 })).toThrow(AntlerShapeError);
    expect(() => depthToSpace(zeros([1, 2, 2, 3]), 2)).toThrow(AntlerShapeError);
    expect(() => spaceToDepth(zeros([1, 3, 2, 1]), 2)).toThrow(AntlerShapeError);
    expect(() => spaceToDepth(zeros([1, 2, 2, 1]), 0)).toThrow(AntlerValueError);
    expect(() => depthwiseConv2d(zeros([1, 2, 2, 1]), zeros([2, 2, 1]))).toThrow(AntlerShapeError);
  });

  it('refuse an output padding beyond the stride', () => {
    const [x, kernel] = [zeros([1, 2, 2, 1]), zeros([2, 2, 1, 1])];
    expect(() => convTranspose2d(x, kernel, { strides: 2, outputPadding: 2 })).toThrow('[0, stride)');
  });
});

import { arange, Tensor, tensor } from 'antler';
import { describe, expect, it } from 'vitest';

describe('methods of Tensor', () => {
  it('chain like those of TensorFlow.js', () => {
    const x = tensor([
      [1, -2],
      [3, 4],
    ]);
    expect(x.matMul(x).add(1).relu().arraySync()).toEqual([
      [0, 0],
      [16, 11],
    ]);
    expect(x.sum(0).arraySync()).toEqual([4, 2]);
    expect(x.mean({ axis: 1, keepDims: true }).arraySync()).toEqual([[-0.5], [3.5]]);
    expect(x.argMax(-1).arraySync()).toEqual([0, 1]);
    expect(x.reshape([-1]).slice(1, 2).arraySync()).toEqual([-2, 3]);
    expect(x.at('...', 0).toInt().dtype).toBe('int32');
    expect(arange(3).gather([-1, 0]).arraySync()).toEqual([2, 0]);
    expect(x.transpose().expandDims(0).shape).toEqual([1, 2, 2]);
  });

  it('do not show when a tensor is enumerated', () => {
    expect(Object.keys(tensor(1))).toEqual([]);
    expect(Tensor.prototype.add.length).toBe(0);
  });

  it('print', () => {
    expect(
      `${tensor([
        [1, 2.5],
        [3, 4],
      ])}`,
    ).toBe('[[1.  2.5]\n [3.  4. ]]');
  });
});

import { describe, expect, it } from 'vitest';
import { fromHost } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { byName, restoreVariables, storeVariables } from './stored-variables.ts';

function variable(name: string, values: number[]): Variable {
  return new Variable(fromHost(Float32Array.from(values), [values.length], 'float32'), { name });
}

describe('stored variables', () => {
  it('are given back', async () => {
    const arrays = await storeVariables(byName([variable('a', [1, 2]), variable('b', [3])]));
    const [a, b] = [variable('a', [0, 0]), variable('b', [0])];
    restoreVariables(byName([a, b]), arrays, 'x');
    expect([...(await a.read().data()), ...(await b.read().data())]).toEqual([1, 2, 3]);
  });

  it('number names that appear twice', () => {
    expect([...byName([variable('a', [1]), variable('b', [1]), variable('a', [2])]).keys()]).toEqual([
      'a',
      'b',
      'a_1',
    ]);
  });

  it('are refused as a whole when one does not fit', async () => {
    const arrays = await storeVariables(byName([variable('a', [1, 2]), variable('b', [3])]));
    const a = variable('a', [0, 0]);
    expect(() => restoreVariables(byName([a, variable('b', [0, 0])]), arrays, 'w.safetensors')).toThrow(
      "w.safetensors: expected 'b' float32 [2], got 'b' float32 [1]",
    );
    expect(() => restoreVariables(byName([a, variable('c', [0])]), arrays, 'w.safetensors')).toThrow(
      "expected 'c' float32 [1], got no array of that name",
    );
    expect(() => restoreVariables(byName([a]), arrays, 'w.safetensors')).toThrow("got 'b' as well");
    expect([...(await a.read().data())]).toEqual([0, 0]);
  });
});

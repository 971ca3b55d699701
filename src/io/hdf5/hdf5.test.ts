import { describe, expect, it } from 'vitest';
import { decodeHdf5 } from './decode.ts';
import { encodeHdf5 } from './encode.ts';
import { emptyGroup, groupAt, type Hdf5Group } from './tree.ts';

function sample(): Hdf5Group {
  const root = emptyGroup({
    model_config: `{"long": "${'ä'.repeat(100_000)}"}`,
    layer_names: ['a', 'b'],
    none: [],
  });
  const vars = groupAt(root, ['layers', 'dense', 'vars']);
  vars.attributes.set('name', 'dense_1');
  vars.members.set('0', {
    kind: 'dataset',
    dtype: 'float32',
    shape: [2, 2],
    data: Float32Array.of(1, -0, Number.NaN, 4),
  });
  vars.members.set('1', { kind: 'dataset', dtype: 'int32', shape: [], data: Int32Array.of(-7) });
  vars.members.set('2', { kind: 'dataset', dtype: 'float64', shape: [1], data: Float64Array.of(Math.PI) });
  vars.members.set('3', { kind: 'dataset', dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 1, 255) });
  return root;
}

describe('an HDF5 file', () => {
  it('is read as it was written', async () => {
    expect(await decodeHdf5(await encodeHdf5(sample()), 'a.h5')).toEqual(sample());
  });

  it('is refused in one message when it is damaged', async () => {
    const bytes = await encodeHdf5(sample());
    await expect(decodeHdf5(bytes.slice(0, 1000), 'a.h5')).rejects.toThrow(
      /^a.h5: expected a whole HDF5 file, got /,
    );
    await expect(decodeHdf5(new Uint8Array(), 'a.h5')).rejects.toThrow('expected a whole HDF5 file');
  });
});

import type { Group } from 'h5wasm';
import type { DType } from '../../util/dtypes.ts';
import { loadHdf5Library } from './library.ts';
import { withHdf5File } from './session.ts';
import type { Hdf5Dataset, Hdf5Group } from './tree.ts';

/** The library's names of our element types. */
const TYPES: Readonly<Record<DType, string>> = {
  bool: '<B',
  uint8: '<B',
  int32: '<i',
  float32: '<f',
  float64: '<d',
};

/**
 * Writes an HDF5 file. Bool is stored as bytes.
 * @throws AntlerResourceError if h5wasm is not installed
 */
export async function encodeHdf5(root: Hdf5Group): Promise<Uint8Array> {
  const library = await loadHdf5Library();
  return withHdf5File(library, { start: undefined, file: 'HDF5' }, (open, readAll) => {
    writeGroup(open, root);
    return readAll();
  });
}

function writeGroup(target: Group, { attributes, members }: Hdf5Group): void {
  for (const [name, value] of attributes) writeAttribute(target, name, value);
  for (const [name, member] of members) {
    if (member.kind === 'group') writeGroup(target.create_group(name), member);
    else writeDataset(target, name, member);
  }
}

function writeDataset(target: Group, name: string, { dtype, shape, data }: Hdf5Dataset): void {
  target.create_dataset({ name, data, shape: [...shape], dtype: TYPES[dtype] });
}

function writeAttribute(target: Group, name: string, value: string | readonly string[]): void {
  if (typeof value === 'string') target.create_attribute(name, value);
  else if (value.length > 0) target.create_attribute(name, [...value]);
  // as h5py does: a list of no names says nothing of its type
  else target.create_attribute(name, new Float64Array(), [0], '<d');
}

import { loadOptionalPackage } from '../optional-package.ts';

/** HDF5 compiled to WebAssembly, with a file system of its own in memory: it sees no file of the machine. */
export type Hdf5Library = typeof import('h5wasm');

const PACKAGE = { name: 'h5wasm', version: '0.10.3', purpose: 'HDF5 files (.h5, .keras)' };

/** @throws AntlerResourceError if the package is not installed */
export async function loadHdf5Library(): Promise<Hdf5Library> {
  const library = await loadOptionalPackage(PACKAGE, () => import('h5wasm'));
  await library.ready;
  return library;
}

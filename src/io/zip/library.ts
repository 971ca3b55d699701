import { loadOptionalPackage } from '../optional-package.ts';

/** The parts of zip.js that need no worker and no WebAssembly: the platform's own streams do the work. */
export type ZipLibrary = typeof import('@zip.js/zip.js/lib/zip-core-native.js');

const PACKAGE = { name: '@zip.js/zip.js', version: '2.24.0', purpose: 'zip archives (.keras, .npz)' };

/** @throws AntlerResourceError if the package is not installed */
export function loadZipLibrary(): Promise<ZipLibrary> {
  return loadOptionalPackage(PACKAGE, () => import('@zip.js/zip.js/lib/zip-core-native.js'));
}

import { fileURLToPath } from 'node:url';

/** Absolute path of a file or folder of the repository. */
export function inRepo(path) {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

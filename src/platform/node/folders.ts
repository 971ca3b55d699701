import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
// The cache's place is the user's convention, not a switch of ours: https://specifications.freedesktop.org/basedir-spec
import { cwd, env } from 'node:process';
import { fileURLToPath } from 'node:url';

/** See `Platform.joinPath`. */
export function joinPath(...parts: string[]): string {
  return join(...parts);
}

/** See `Platform.cacheFolder`. */
export function cacheFolder(): string | undefined {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'antler');
}

/** See `Platform.resolvePackageFile`. */
export function resolvePackageFile(
  packageName: string,
  relativePath: string,
  fromUrl: string = import.meta.url,
): string | undefined {
  const starts = [cwd(), dirname(fileURLToPath(fromUrl))];
  const candidates = starts
    .flatMap(selfAndAncestors)
    .map((folder) => join(folder, 'node_modules', packageName, relativePath));
  return candidates.find((path) => existsSync(path));
}

function selfAndAncestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...selfAndAncestors(parent)];
}

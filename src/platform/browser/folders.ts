/** See `Platform.joinPath`. */
export function joinPath(...parts: string[]): string {
  return parts.map((part, index) => (index < parts.length - 1 ? part.replace(/\/+$/, '') : part)).join('/');
}

/** See `Platform.cacheFolder`: the browser's own HTTP cache does that work. */
export function cacheFolder(): string | undefined {
  return undefined;
}

/** See `Platform.resolvePackageFile`: nothing is installed in a browser. */
export function resolvePackageFile(
  _packageName: string,
  _relativePath: string,
  _fromUrl?: string,
): string | undefined {
  return undefined;
}

let scope = '';

/** The path of the layers whose code is running, e.g. `lenet5/conv1`. */
export function currentScope(): string {
  return scope;
}

/** Runs `body` with `name` added to the path that new nodes remember. */
export function withScope<T>(name: string, body: () => T): T {
  return inScope(scope ? `${scope}/${name}` : name, body);
}

/** Runs `body` with `path` as the path that new nodes remember: those that stand for a node made there. */
export function inScope<T>(path: string, body: () => T): T {
  const outer = scope;
  scope = path;
  try {
    return body();
  } finally {
    scope = outer;
  }
}

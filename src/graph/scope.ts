let scope = '';

/** The path of the layers whose code is running, e.g. `lenet5/conv1`. */
export function currentScope(): string {
  return scope;
}

/** Runs `body` with `name` added to the path that new nodes remember. */
export function withScope<T>(name: string, body: () => T): T {
  const outer = scope;
  scope = outer ? `${outer}/${name}` : name;
  try {
    return body();
  } finally {
    scope = outer;
  }
}

/** Options that are not simply ours in snake_case in Keras. */
const EXCEPTIONS: Readonly<Record<string, string>> = { keepDims: 'keepdims' };

const BACK: ReadonlyMap<string, string> = new Map(
  Object.entries(EXCEPTIONS).map(([ours, theirs]) => [theirs, ours]),
);

/** Keras's name of an option: `kernelInitializer` is `kernel_initializer`. */
export function kerasKey(name: string): string {
  return EXCEPTIONS[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Our name of an option of Keras. */
export function ownKey(name: string): string {
  return (
    BACK.get(name) ?? name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
  );
}

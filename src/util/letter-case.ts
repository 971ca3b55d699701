/** `batch_shape` gives `batchShape`; other characters stay. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

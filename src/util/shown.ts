/** A value of the user's as a message shows it: `'64'`, `3`, `[1, 2]`, `a function`. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

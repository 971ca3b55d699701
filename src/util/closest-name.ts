import { at } from './errors.ts';

/**
 * The known name a slip of the finger probably meant: at most a third of its letters changed, left out, added or
 * swapped with a neighbour, or the beginning of exactly one name. Case does not count.
 * @returns undefined if no name is near
 */
export function closestName(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const begun = names.filter((name) => wanted.length > 1 && name.toLowerCase().startsWith(wanted));
  if (begun.length === 1) return begun[0];
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance < name.length && distance <= Math.max(1, name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** `did you mean 'lenet5'?` for the fix of an error, or the list of what there is. */
export function suggestName(word: string, names: readonly string[]): string {
  const closest = closestName(word, names);
  return closest === undefined ? `choose from ${names.join(', ')}` : `did you mean '${closest}'?`;
}

/** Optimal string alignment: Levenshtein's distance with swaps of neighbours (Damerau 1964). */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = at(previous, j - 1) + Number(a[i - 1] !== b[j - 1]);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? at(beforePrevious, j - 2) + 1 : Number.POSITIVE_INFINITY;
      current[j] = Math.min(change, at(previous, j) + 1, at(current, j - 1) + 1, swap);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

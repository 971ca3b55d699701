/** What is done to texts before they are split: letters A to Z made small, punctuation taken away, or both. */
export type Standardization = 'lowerAndStripPunctuation' | 'lower' | 'stripPunctuation';

/** Where texts are split: at white space, or behind every character. */
export type Splitting = 'whitespace' | 'character';

/** The same text in standard form. As Keras 3: only ASCII letters and punctuation count. */
export function standardize(text: string, how: Standardization | null): string {
  const isLower = how === 'lower' || how === 'lowerAndStripPunctuation';
  const lower = isLower ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
  const isStripped = how === 'stripPunctuation' || how === 'lowerAndStripPunctuation';
  return isStripped ? lower.replace(/[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g, '') : lower;
}

/** The parts of a text. */
export function splitText(text: string, where: Splitting): string[] {
  if (where === 'character') return Array.from(text);
  return text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== '');
}

/** Runs of so many neighbouring tokens, joined by spaces: those of the first width, then those of the next. */
export function ngramsOf(tokens: readonly string[], widths: readonly number[]): string[] {
  return widths.flatMap((width) =>
    Array.from({ length: Math.max(0, tokens.length - width + 1) }, (_, i) =>
      tokens.slice(i, i + width).join(' '),
    ),
  );
}

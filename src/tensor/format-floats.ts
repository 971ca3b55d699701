import { at } from '../util/errors.ts';

/** Digits behind the point, at most. */
const PRECISION = 8;

/** From which size on numbers are printed with exponents: what their type resolves, and at most 10^8. */
const LARGE = { float32: 1e6, float64: 1e8 };

type Float = keyof typeof LARGE;

/** Texts of floats as NumPy prints them in an array (of one width), or as the only element (`scalar`). */
export function formatFloats(values: readonly number[], dtype: Float, as: 'scalar' | 'array'): string[] {
  if (as === 'scalar') return values.map((value) => formatScalar(value, dtype));
  const finite = values.filter(Number.isFinite);
  const texts = (needsExponents(finite, dtype) ? scientific : positional)(finite, dtype);
  let next = 0;
  const all = values.map((value) => (Number.isFinite(value) ? at(texts, next++) : nameOf(value)));
  const width = Math.max(...all.map((text) => text.length));
  return all.map((text) => text.padStart(width));
}

function nameOf(value: number): string {
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}

function needsExponents(finite: readonly number[], dtype: Float): boolean {
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  if (sizes.length === 0) return false;
  const [largest, smallest] = [Math.max(...sizes), Math.min(...sizes)];
  return largest >= LARGE[dtype] || smallest < 1e-4 || largest / smallest > 1000;
}

/** The fewest significant digits that give the number back, with an exponent: `-1.25e-3`. */
function shortest(value: number, dtype: Float): string {
  const sign = Object.is(value, -0) ? '-' : '';
  if (dtype === 'float64') return sign + value.toExponential();
  for (let digits = 0; digits < 8; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return sign + text;
  }
  return sign + value.toExponential(8);
}

/** A number in parts: `-1.25e-3` is ['-1', '25', -3]. */
function partsOf(text: string): [string, string, number] {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return [whole, fraction, Number(exponent)];
}

/** A number without exponent, all its shortest digits: ['-0', '00125']. */
function positionalParts(value: number, dtype: Float): [string, string] {
  const [whole, fraction, exponent] = partsOf(shortest(value, dtype));
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.replace('-', '') + fraction;
  if (exponent < 0) return [`${sign}0`, '0'.repeat(-exponent - 1) + digits];
  return [sign + digits.slice(0, exponent + 1).padEnd(exponent + 1, '0'), digits.slice(exponent + 1)];
}

function positional(values: readonly number[], dtype: Float): string[] {
  const parts = values.map((value) => {
    const [whole, fraction] = positionalParts(value, dtype);
    if (fraction.length <= PRECISION) return [whole, fraction.replace(/0+$/, '')] as const;
    const [rounded = '', kept = ''] = value.toFixed(PRECISION).split('.');
    return [rounded, kept.replace(/0+$/, '')] as const;
  });
  const left = Math.max(...parts.map(([whole]) => whole.length));
  const right = Math.max(...parts.map(([, fraction]) => fraction.length));
  return parts.map(([whole, fraction]) => `${whole.padStart(left)}.${fraction.padEnd(right)}`);
}

function scientific(values: readonly number[], dtype: Float): string[] {
  const needed = values.map((value) => {
    const [, fraction] = partsOf(shortest(value, dtype));
    const cut = fraction.length > PRECISION ? partsOf(value.toExponential(PRECISION))[1] : fraction;
    return cut.replace(/0+$/, '').length;
  });
  const digits = Math.max(...needed);
  // where others need more digits than a number does, NumPy goes on with its exact ones
  const parts = values.map((value) =>
    partsOf((Object.is(value, -0) ? '-' : '') + value.toExponential(digits)),
  );
  const left = Math.max(...parts.map(([whole]) => whole.length));
  const size = Math.max(2, ...parts.map(([, , exponent]) => `${Math.abs(exponent)}`.length));
  return parts.map(
    ([whole, fraction, exponent]) => `${whole.padStart(left)}.${fraction}${power(exponent, size)}`,
  );
}

/** The exponent with sign and at least `size` digits. */
function power(exponent: number, size: number): string {
  return `e${exponent < 0 ? '-' : '+'}${`${Math.abs(exponent)}`.padStart(size, '0')}`;
}

function formatScalar(value: number, dtype: Float): string {
  if (!Number.isFinite(value)) return nameOf(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [whole, fraction, exponent] = partsOf(shortest(value, dtype));
    return `${whole}${fraction ? '.' : ''}${fraction}${power(exponent, 2)}`;
  }
  const [whole, fraction] = positionalParts(value, dtype);
  return `${whole}.${fraction || '0'}`;
}

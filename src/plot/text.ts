import { FONT } from './style.ts';

const NARROW = /[ijlItfr.,:;'|!()[\] ·]/;
const WIDE = /[mwMW%@—]/;
const CAPITAL = /[A-Z&]/;

/** About how wide a text is, in pixels: nobody measures letters here, so it errs on the wide side. */
export function textWidth(text: string, size: number = FONT.tick): number {
  let ems = 0;
  for (const letter of text) {
    if (NARROW.test(letter)) ems += 0.36;
    else if (WIDE.test(letter)) ems += 0.92;
    else ems += CAPITAL.test(letter) ? 0.72 : 0.6;
  }
  return ems * size;
}

/** Breaks a text between words so that its lines are no wider than that; a longer word stays whole. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((digit, value) => [String(value), digit])),
  '-': '⁻',
};

/** A number as it is read: `0.05`, `−3`, `60,000`, `10⁻⁶`, `2.5·10⁷`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.001 || size >= 1e6) return scientific(value);
  const digits = Number(value.toPrecision(4));
  return (size >= 10_000 ? digits.toLocaleString('en-US') : String(digits)).replace('-', '−');
}

function scientific(value: number): string {
  const [digits = '', power = ''] = Number(value.toPrecision(4)).toExponential().split('e');
  const exponent = [...power.replace('+', '')].map((sign) => SUPERSCRIPTS[sign]).join('');
  if (digits === '1') return `10${exponent}`;
  return `${digits.replace('-', '−')}·10${exponent}`;
}

import { AntlerError } from 'antler';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from './families/index.ts';
import type { Mistake } from './mistake.ts';

describe.each(FAMILIES)('$name', ({ mistakes }) => {
  it.each(mistakes)('$mistake', async (mistake) => {
    expect(await answerTo(mistake)).toBe(mistake.message);
  });
});

it('at least a hundred mistakes have an answer of their own', () => {
  const names = FAMILIES.flatMap(({ mistakes }) => mistakes.map(({ mistake }) => mistake));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(100);
});

/** The message of the error, or the only hint that was printed. */
async function answerTo({ run }: Mistake): Promise<string> {
  const printed: string[] = [];
  try {
    await run((line) => printed.push(line));
  } catch (error) {
    if (error instanceof AntlerError) return error.message;
    throw error;
  }
  return printed.filter((line) => line.startsWith('hint: ')).join('\n');
}

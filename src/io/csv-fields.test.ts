import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../util/errors.ts';
import { splitCsvRecord } from './csv-fields.ts';
import { readTextRecords } from './text-records.ts';

const FIRST = { offset: 0, line: 1 };
const OPTIONS = { file: 'a.csv', start: FIRST, quoted: true };

/** Writes a field as RFC 4180 says. */
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Cuts bytes at the given places. */
function* pieces(bytes: Uint8Array, cuts: readonly number[]): Generator<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  for (const [i, start] of places.entries()) yield bytes.subarray(start, places[i + 1] ?? bytes.length);
}

async function read(chunks: Iterable<Uint8Array>): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { text, line } of readTextRecords(chunks, OPTIONS))
    rows.push(splitCsvRecord(text, ',', `line ${line}`).map((field) => field.text));
  return rows;
}

const field = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', '"', ',', '\n', '\r', ' ') });
const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
const cuts = fc.array(fc.nat(400), { maxLength: 6 });

describe('CSV', () => {
  it('gives back what was written, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(rows, cuts, fc.constantFrom('\n', '\r\n'), async (written, places, lineEnd) => {
        const text = written.map((row) => row.map(quoted).join(',')).join(lineEnd);
        expect(await read(pieces(new TextEncoder().encode(text), places))).toEqual(written);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('either reads any bytes or says what is wrong with them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), cuts, async (bytes, places) => {
        await read(pieces(bytes, places)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(AntlerDataError);
        });
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('goes on from the place behind any record', async () => {
    const bytes = new TextEncoder().encode('a\r\n"b\nb"\n\nc');
    const seen: string[] = [];
    for await (const { text, line, end } of readTextRecords([bytes], OPTIONS)) {
      seen.push(`${line} ${text}`);
      const rest: string[] = [];
      const options = { ...OPTIONS, start: end };
      for await (const record of readTextRecords([bytes.subarray(end.offset)], options))
        rest.push(record.text);
      expect(rest).toEqual(['a', '"b\nb"', '', 'c'].slice(seen.length));
    }
    expect(seen).toEqual(['1 a', '2 "b\nb"', '4 ', '5 c']);
  });

  it('refuses a record that does not end', async () => {
    const chunk = new Uint8Array(2 ** 22).fill(97);
    await expect(read([Uint8Array.of(34), ...new Array<Uint8Array>(5).fill(chunk)])).rejects.toThrow(
      'a.csv, line 1: expected a record of at most 16777216 bytes, got a longer one',
    );
  });
});

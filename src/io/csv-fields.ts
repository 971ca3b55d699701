import { AntlerDataError } from '../util/errors.ts';

/** A field of a CSV record. */
export interface CsvField {
  readonly text: string;
  /** Whether it stood in quotation marks, so that an empty one is a text and no missing value. */
  readonly isQuoted: boolean;
}

/**
 * Cuts a record of CSV into fields, as RFC 4180: a field in quotation marks may hold the delimiter, line ends, and
 * quotation marks that are doubled.
 * @param delimiter one character
 * @param where named in errors: file and line
 * @throws AntlerDataError for quotation marks at other places
 */
export function splitCsvRecord(record: string, delimiter: string, where: string): CsvField[] {
  const fields: CsvField[] = [];
  for (let start = 0; start <= record.length; ) {
    const isQuoted = record[start] === '"';
    const end = isQuoted ? endOfQuoted(record, start, where) : endOfPlain(record, start, delimiter);
    const text = record.slice(start, end);
    if (isQuoted) {
      if (end < record.length && record[end] !== delimiter) throw misplacedQuote(fields.length, where);
      fields.push({ text: text.slice(1, -1).replaceAll('""', '"'), isQuoted });
    } else {
      if (text.includes('"')) throw misplacedQuote(fields.length, where);
      fields.push({ text, isQuoted });
    }
    start = end + 1;
  }
  return fields;
}

function endOfPlain(record: string, start: number, delimiter: string): number {
  const end = record.indexOf(delimiter, start);
  return end < 0 ? record.length : end;
}

/** The index behind the closing quotation mark. */
function endOfQuoted(record: string, start: number, where: string): number {
  let index = record.indexOf('"', start + 1);
  while (index >= 0 && record[index + 1] === '"') index = record.indexOf('"', index + 2);
  if (index >= 0) return index + 1;
  throw new AntlerDataError({ where, expected: 'a closing quotation mark', got: 'the end of the record' });
}

function misplacedQuote(field: number, where: string): AntlerDataError {
  return new AntlerDataError({
    where: `${where}, field ${field + 1}`,
    expected: 'quotation marks around the whole field, and doubled inside it',
    got: 'one in another place',
  });
}

import type { CsvField } from '../../io/csv-fields.ts';
import { AntlerDataError } from '../../util/errors.ts';

/** What a field of CSV becomes. */
export type CsvValue = number | string | boolean;

/** How the fields of a column are read. */
export interface CsvColumn {
  /**
   * `number` (with point, sign and exponent), `integer`, `boolean` (true, false, 1, 0), `string`, or `auto`: a number
   * where the field is one, else the text. Default `auto`.
   */
  readonly type?: 'number' | 'integer' | 'boolean' | 'string' | 'auto';
  /** Stands for fields without a value; without it they are an error, but in a column of strings. */
  readonly missing?: CsvValue;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INTEGER = /^[+-]?\d+$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Fields that hold no value, whatever the column, unless they are quoted. */
const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?']);

/** The value of a field. @param where file, line and column @throws AntlerDataError for a field of another type */
export function readCsvField(field: CsvField, column: CsvColumn, where: string): CsvValue {
  const { type = 'auto', missing } = column;
  if (!field.isQuoted && MISSING.has(field.text.trim())) {
    if (missing !== undefined) return missing;
    if (type === 'string') return field.text;
    throw noValue(field.text, where);
  }
  const value = parseField(field, type);
  if (value !== undefined) return value;
  throw new AntlerDataError({ where, expected: `a field of type ${type}`, got: `'${field.text}'` });
}

function parseField(
  { text, isQuoted }: CsvField,
  type: NonNullable<CsvColumn['type']>,
): CsvValue | undefined {
  const trimmed = text.trim();
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return BOOLEANS.get(trimmed.toLowerCase());
    case 'integer':
      return INTEGER.test(trimmed) ? Number(trimmed) : undefined;
    case 'number':
      return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
    case 'auto':
      return !isQuoted && NUMBER.test(trimmed) ? Number(trimmed) : text;
  }
}

function noValue(text: string, where: string): AntlerDataError {
  return new AntlerDataError({
    where,
    expected: 'a value',
    got: text === '' ? 'an empty field' : `'${text}'`,
    fix: "say in `columns` what stands for missing values, such as { age: { missing: 0 } }, or type: 'string'",
  });
}

import { splitCsvRecord } from '../../io/csv-fields.ts';
import type { TextRecord } from '../../io/text-records.ts';
import { AntlerDataError, AntlerValueError, at } from '../../util/errors.ts';
import { requireKnownOptions, unknownName } from '../../util/suggest.ts';
import { Dataset } from '../pipeline/dataset.ts';
import { type CsvColumn, type CsvValue, readCsvField } from './csv-columns.ts';
import {
  type DataFile,
  nameOfFile,
  plainFormat,
  RecordCursor,
  type RecordFormat,
  recordsOf,
} from './record-file.ts';

/** A row of CSV: the value of each column by its name. */
export type CsvRow = Readonly<Record<string, CsvValue>>;

/** Options of `data.fromCsv`. */
export interface CsvOptions {
  /** Whether the first row names the columns. Default true, or false where `columnNames` are given. */
  readonly hasHeader?: boolean;
  /** Names of the columns, instead of the header's. */
  readonly columnNames?: readonly string[];
  /** One character. Default a comma. */
  readonly delimiter?: string;
  /** Columns that are read in another way than as `auto`. */
  readonly columns?: Readonly<Record<string, CsvColumn>>;
  /** Leaves out the columns that `columns` does not name. Default false. */
  readonly configuredColumnsOnly?: boolean;
}

/**
 * The rows of a CSV file (RFC 4180, in UTF-8), read as they are needed; blank lines are left out. Names of options as
 * `tf.data.csv`.
 * @throws AntlerDataError, while iterating, naming line and column of what is wrong
 */
export function fromCsv(file: DataFile, options: CsvOptions = {}): Dataset<CsvRow> {
  requireOptions(options);
  const records = { file, quoted: true };
  let format: Promise<RecordFormat<CsvRow>> | undefined;
  return new Dataset({
    size: undefined,
    access: undefined,
    open(_epoch, state) {
      format ??= readFormat(file, options);
      return new RecordCursor(records, format, state);
    },
  });
}

function requireOptions(options: CsvOptions): void {
  const where = 'data.fromCsv';
  const known = ['hasHeader', 'columnNames', 'delimiter', 'columns', 'configuredColumnsOnly'];
  requireKnownOptions(options, known, where);
  const { hasHeader = true, columnNames, delimiter = ',' } = options;
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new AntlerValueError({
      where,
      expected: 'one character as delimiter',
      got: JSON.stringify(delimiter),
    });
  }
  if (hasHeader || columnNames) return;
  throw new AntlerValueError({ where, expected: 'columnNames for a file without header', got: 'none' });
}

async function readFormat(file: DataFile, options: CsvOptions): Promise<RecordFormat<CsvRow>> {
  const { columnNames, hasHeader = columnNames === undefined, delimiter = ',' } = options;
  const name = nameOfFile(file);
  if (!hasHeader) return plainFormat(rowParser(columnNames ?? [], name, options));
  for await (const { text, line, end } of recordsOf({ file, quoted: true })) {
    if (text === '') continue;
    const where = `${name}, line ${line}`;
    const header = splitCsvRecord(text, delimiter, where).map((field) => field.text.trim());
    if (!columnNames) requireUnique(header, where);
    return { start: end, parse: rowParser(columnNames ?? header, name, options) };
  }
  throw new AntlerDataError({
    where: name,
    expected: 'a row with the names of the columns',
    got: 'an empty file',
  });
}

function requireUnique(header: readonly string[], where: string): void {
  const again = header.find((name, i) => header.indexOf(name) < i);
  if (again === undefined) return;
  throw new AntlerDataError({
    where,
    expected: 'another name for each column',
    got: `'${again}' twice`,
    fix: 'give columnNames and hasHeader: true',
  });
}

function rowParser(
  names: readonly string[],
  file: string,
  { columns = {}, configuredColumnsOnly = false, delimiter = ',' }: CsvOptions,
): (record: TextRecord) => CsvRow | undefined {
  const stranger = Object.keys(columns).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw unknownName({ where: file, kind: 'a column', name: stranger, known: names });
  const read = names.map((name) => (Object.hasOwn(columns, name) ? columns[name] : undefined));
  return ({ text, line }) => {
    if (text === '') return undefined;
    const where = `${file}, line ${line}`;
    const fields = splitCsvRecord(text, delimiter, where);
    if (fields.length !== names.length) {
      throw new AntlerDataError({ where, expected: `${names.length} fields`, got: `${fields.length}` });
    }
    const entries = names.flatMap((name, i) => {
      const column = read[i];
      if (!column && configuredColumnsOnly) return [];
      return [[name, readCsvField(at(fields, i), column ?? {}, `${where}, column '${name}'`)] as const];
    });
    return Object.fromEntries(entries); // defines a column `__proto__` as any other
  };
}

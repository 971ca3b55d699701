import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { Callback, CallbackState, Logs } from './callback.ts';
import { ContinuedFile } from './continued-file.ts';
import { storedCount, storedList } from './stored-values.ts';

/** Options of `csvLogger`. */
export interface CsvLoggerOptions {
  readonly filename: string;
  /** Between the fields, one character. Default a comma. */
  readonly separator?: string;
  /** Go on with a file that is there; its first line is not written again. Default false. */
  readonly append?: boolean;
}

/**
 * Writes a line of figures after every epoch, under a first line of their names in alphabetical order. Epochs count
 * from 0; a figure that the first epoch did not have is left out, one that is missing later is `NA`. As Keras 3.
 */
export function csvLogger(options: CsvLoggerOptions): Callback {
  requireKnownOptions(options, ['filename', 'separator', 'append'], 'csvLogger');
  const { separator = ',' } = options;
  if (separator.length !== 1 || /[\w."\n\r-]/.test(separator)) {
    const expected = 'a separator, one character that numbers and names do not have';
    throw new AntlerValueError({ where: 'csvLogger', expected, got: `'${separator}'` });
  }
  return new CsvLogger(options);
}

class CsvLogger implements Callback {
  readonly name = 'csvLogger';
  readonly #file: ContinuedFile;
  readonly #separator: string;
  readonly #append: boolean;
  #keys: readonly string[] | undefined;
  #isBegun = false;

  constructor({ filename, separator = ',', append = false }: CsvLoggerOptions) {
    this.#file = new ContinuedFile(filename);
    this.#separator = separator;
    this.#append = append;
  }

  onTrainBegin(): void {
    this.#keys = undefined;
    this.#isBegun = false;
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    this.#keys ??= Object.keys(logs).sort();
    if (!this.#isBegun) await this.#begin(this.#keys);
    await this.#writeLine([`${epoch}`, ...this.#keys.map((key) => `${logs[key] ?? 'NA'}`)]);
  }

  /** Not before the first epoch has ended: a training that goes on from a checkpoint needs what is there. */
  async #begin(keys: readonly string[]): Promise<void> {
    await (this.#append ? this.#file.beginAtEnd() : this.#file.begin());
    if (this.#file.length === 0) await this.#writeLine(['epoch', ...keys]);
    this.#isBegun = true;
  }

  async #writeLine(fields: readonly string[]): Promise<void> {
    const line = fields.map((field) => quoted(field, this.#separator)).join(this.#separator);
    await this.#file.append(new TextEncoder().encode(`${line}\n`));
  }

  saveState(): CallbackState {
    return { values: { bytes: this.#isBegun ? this.#file.length : 0, keys: this.#keys ?? [] } };
  }

  async restoreState({ values }: CallbackState): Promise<void> {
    const bytes = storedCount(values, 'bytes', this.name);
    if (bytes === 0) return;
    this.#keys = storedList(values, 'keys', 'string', this.name);
    await this.#file.goOn(bytes);
    this.#isBegun = true;
  }
}

/** As RFC 4180: names may hold separators. */
function quoted(field: string, separator: string): string {
  const isPlain = !field.includes(separator) && !/["\r\n]/.test(field);
  return isPlain ? field : `"${field.replaceAll('"', '""')}"`;
}

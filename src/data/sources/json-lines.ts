import { parseJson } from '../../io/parse-json.ts';
import type { Json } from '../../util/exact-json.ts';
import { Dataset } from '../pipeline/dataset.ts';
import { type DataFile, nameOfFile, plainFormat, RecordCursor } from './record-file.ts';

/**
 * The values of a file with a JSON text on every line; blank lines are left out. Nothing checks that the values are a
 * `T`.
 * @throws AntlerDataError, while iterating, naming the line that is no JSON, has a key twice in one object or a key
 *   `__proto__`
 */
export function fromJsonLines<T = Json>(file: DataFile): Dataset<T> {
  const name = nameOfFile(file);
  const format = plainFormat(({ text, line }) =>
    text.trim() === '' ? undefined : (parseJson(text, `${name}, line ${line}`) as T),
  );
  return new Dataset({
    size: undefined,
    access: undefined,
    open: (_epoch, state) => new RecordCursor({ file, quoted: false }, Promise.resolve(format), state),
  });
}

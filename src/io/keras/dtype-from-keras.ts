import { AntlerDataError } from '../../util/errors.ts';
import { isJsonObject, isKerasObject } from './keras-object.ts';

/** Element types of Keras that we have, under other names in part. Text and half precision are not among them. */
const DTYPES: Readonly<Record<string, string>> = {
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  int64: 'int32',
  uint8: 'uint8',
  bool: 'bool',
};

/**
 * The element type of a name or of a policy of Keras's.
 * @throws AntlerDataError for types that we lack
 */
export function dtypeFromKeras(value: unknown, where: string): string {
  const config = isKerasObject(value) ? value.config : undefined;
  const name = isJsonObject(config) ? config.name : value;
  const known = typeof name === 'string' && Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
  if (known) return known;
  throw new AntlerDataError({
    where,
    expected: `a dtype (${Object.keys(DTYPES).join(', ')})`,
    got: typeof name === 'string' ? `'${name}'` : typeof name,
    fix: 'save the model in float32',
  });
}

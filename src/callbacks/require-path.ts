import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';

/** @throws AntlerValueError unless the option is the path of a file */
export function requirePath(path: string, option: string, where: string): void {
  if (typeof path === 'string' && path !== '') return;
  throw new AntlerValueError({
    where,
    expected: `the option ${option}, the path of a file`,
    got: shown(path),
  });
}

import { AntlerResourceError } from '../../util/errors.ts';
import type { PlatformProcess } from '../types.ts';

/** See `Platform.startProcess`. @throws AntlerResourceError always: a page has no processes to start */
export function startProcess(path: string): PlatformProcess {
  throw new AntlerResourceError({
    where: path,
    expected: 'a platform that starts processes',
    got: 'a browser',
    fix: 'give a function, which runs in this thread, instead of a module',
  });
}

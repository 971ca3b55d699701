import { AntlerDataError } from './errors.ts';

/** What is wrong with a file, and where in it. */
export interface FileFault {
  /** Path or URL, as the user knows it. */
  readonly file: string;
  /** Position in the (inflated) file, in bytes. */
  readonly offset: number;
  readonly expected: string;
  readonly got: string;
  readonly fix?: string;
}

/** The error for a file that is not what it claims to be; names the file and the byte offset. */
export function damagedFile({ file, offset, ...rest }: FileFault, options?: ErrorOptions): AntlerDataError {
  return new AntlerDataError({ where: `${file}, byte ${offset}`, ...rest }, options);
}

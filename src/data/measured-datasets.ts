import * as platform from '#platform';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { AntlerDataError } from '../util/errors.ts';
import { inflateIfGzip } from './idx.ts';
import type { DatasetSource } from './labelled-images.ts';
import { fromCsv } from './sources/csv.ts';
import type { DataFile } from './sources/record-file.ts';

/** Measurements with one class each. No split is published. */
export interface MeasuredDataset {
  readonly name: string;
  /** Names of the classes, in the order of their numbers. */
  readonly classes: readonly string[];
  /** Names of the columns of `x`. */
  readonly features: readonly string[];
  /** float32 [count, features]; unscaled, sorted by class but for breast cancer. */
  readonly x: Tensor;
  /** int32 [count]. */
  readonly y: Tensor;
  readonly source: DatasetSource;
}

/** How to find measurements. */
export interface MeasuredDatasetOptions {
  /** Folder with scikit-learn's file; default where Debian's package puts it. */
  readonly path?: string;
}

/** All that tells one of scikit-learn's files from another. */
export interface MeasuredDefinition {
  readonly name: string;
  readonly file: string;
  /** Of the file as it is packed. */
  readonly sha256: string;
  /** Rows. */
  readonly count: number;
  /** Whether the first row counts the rows and names the classes. */
  readonly hasHeader: boolean;
  readonly features: readonly string[];
  readonly classes: readonly string[];
}

/** Where Debian's package puts the files. */
export const SYSTEM_FOLDER = '/usr/lib/python3/dist-packages/sklearn/datasets/data';
/** Gets the files alone; installing the package would bring NumPy and SciPy. */
export const INSTALL = 'apt-get download python3-sklearn && dpkg-deb -x python3-sklearn_*.deb scikit';

/** Gives the loader of a dataset that scikit-learn carries. */
export function defineMeasuredDataset(
  definition: MeasuredDefinition,
): (options?: MeasuredDatasetOptions) => Promise<MeasuredDataset> {
  return async ({ path } = {}) => {
    const folder = path ?? SYSTEM_FOLDER;
    const table = await findTable(definition, folder);
    const { name, classes, features } = definition;
    const source = { kind: path === undefined ? 'system' : 'path', location: folder } as const;
    return { name, classes, features, ...(await toTensors(table, definition)), source };
  };
}

async function findTable({ name, file }: MeasuredDefinition, folder: string): Promise<DataFile> {
  const path = platform.joinPath(folder, file);
  if (!(await platform.exists(path))) {
    throw new AntlerDataError({
      where: `dataset ${name}`,
      expected: `scikit-learn's file ${file} in ${folder}`,
      got: 'none',
      fix: `run ${INSTALL}, and give the folder scikit${SYSTEM_FOLDER} as path`,
    });
  }
  return file.endsWith('.gz') ? inflateIfGzip(await platform.readFile(path), path) : path;
}

async function toTensors(
  table: DataFile,
  { features, hasHeader }: MeasuredDefinition,
): Promise<{ readonly x: Tensor; readonly y: Tensor }> {
  const columnNames = [...features, 'class'];
  const columns = Object.fromEntries(columnNames.map((column) => [column, { type: 'number' } as const]));
  const rows = await fromCsv(table, { columnNames, hasHeader, columns }).toArray();
  const values = rows.flatMap((row) => features.map((feature) => Number(row[feature])));
  return {
    x: fromHost(Float32Array.from(values), [rows.length, features.length], 'float32'),
    y: fromHost(
      Int32Array.from(rows, (row) => Number(row.class)),
      [rows.length],
      'int32',
    ),
  };
}

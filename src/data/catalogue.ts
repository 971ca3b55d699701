import { exists, joinPath, readFile } from '#platform';
import { FASHION_MNIST } from './fashion-mnist.ts';
import { findInstalled, verifyFolder } from './find-files.ts';
import type { IdxDatasetDefinition } from './idx-dataset-definition.ts';
import type { DatasetSource } from './labelled-images.ts';
import { BREAST_CANCER, DIGITS, IRIS, WINE } from './measured.ts';
import { INSTALL, type MeasuredDefinition, SYSTEM_FOLDER } from './measured-datasets.ts';
import { MNIST } from './mnist.ts';
import { installedPhotographs, PHOTOGRAPHS } from './photographs.ts';
import { requireSha256 } from './verify-files.ts';

/** What is known of a dataset of files before it is read. */
export interface DatasetEntry {
  readonly name: string;
  /** How many of what: `60,000 + 10,000 images 28 x 28`. */
  readonly samples: string;
  readonly licence: string;
  /** The exact command that gets it. */
  readonly install: string;
  /** SHA-256 by file. */
  readonly sha256: Readonly<Record<string, string>>;
  /** Where it is on this machine; undefined if nowhere. Downloads nothing. */
  find(): Promise<DatasetSource | undefined>;
  /** Reads its files and holds them against their checksums. @throws AntlerDataError for the first that differs */
  verify(source: DatasetSource): Promise<void>;
}

/** Every dataset of files that Antler knows. */
export const DATASET_CATALOGUE: readonly DatasetEntry[] = [
  idxEntry(MNIST),
  idxEntry(FASHION_MNIST),
  ...[IRIS, WINE, BREAST_CANCER, DIGITS].map(measuredEntry),
  photographsEntry(),
];

function idxEntry(definition: IdxDatasetDefinition): DatasetEntry {
  const { name, counts, imageShape, licence, install, sha256 } = definition;
  const [train, test] = [counts.train, counts.t10k].map((count) => count.toLocaleString('en-US'));
  const [height, width] = imageShape;
  return {
    name,
    samples: `${train} + ${test} images ${height} x ${width}`,
    licence,
    install,
    sha256,
    find: () => findInstalled(definition),
    verify: ({ location }) => verifyFolder(definition, location),
  };
}

function measuredEntry({ name, file, sha256, count, features }: MeasuredDefinition): DatasetEntry {
  const path = joinPath(SYSTEM_FOLDER, file);
  return {
    name,
    samples: `${count.toLocaleString('en-US')} rows of ${features.length}`,
    licence: 'BSD-3-Clause',
    install: INSTALL,
    sha256: { [file]: sha256 },
    find: async () => ((await exists(path)) ? { kind: 'system', location: SYSTEM_FOLDER } : undefined),
    verify: async ({ location }) => {
      const found = joinPath(location, file);
      await requireSha256({ file: found, bytes: await readFile(found) }, sha256, `run ${INSTALL}`);
    },
  };
}

function photographsEntry(): DatasetEntry {
  const { name, count, licence, install, sha256 } = PHOTOGRAPHS;
  return {
    ...{ name, licence, install, sha256 },
    samples: `${count.train} + ${count.test} photographs, 1,024 pixels wide or high`,
    find: async () => {
      const location = installedPhotographs();
      return location === undefined ? undefined : { kind: 'package', location };
    },
    verify: async ({ location }) => {
      for (const [file, digest] of Object.entries(sha256)) {
        const found = joinPath(location, file);
        await requireSha256({ file: found, bytes: await readFile(found) }, digest, `run ${install}`);
      }
    },
  };
}

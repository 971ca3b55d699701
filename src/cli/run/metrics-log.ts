import { appendLine, joinPath, writeFileAtomic } from '#platform';
import type { EpochRecord } from './epoch-record.ts';
import { RUN_FILES } from './run-files.ts';

/** Adds what one epoch brought to metrics.jsonl. */
export async function appendEpoch(folder: string, record: EpochRecord): Promise<void> {
  await appendLine(joinPath(folder, RUN_FILES.metrics), JSON.stringify(record));
}

/** Makes metrics.jsonl anew: epochs after the last checkpoint go, for they are about to be trained again. */
export async function writeEpochs(folder: string, records: readonly EpochRecord[]): Promise<void> {
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFileAtomic(joinPath(folder, RUN_FILES.metrics), new TextEncoder().encode(text));
}

import { appendLine, exists, joinPath, readFile, writeFileAtomic } from '#platform';
import { AntlerDataError } from '../../util/errors.ts';
import { EpochRecord } from './epoch-record.ts';
import { RUN_FILES } from './run-files.ts';

/** Adds what one epoch brought to metrics.jsonl. */
export async function appendEpoch(folder: string, record: EpochRecord): Promise<void> {
  await appendLine(joinPath(folder, RUN_FILES.metrics), JSON.stringify(record));
}

/** All epochs in metrics.jsonl; none if there is no such file. @throws AntlerDataError naming a damaged line */
export async function readEpochs(folder: string): Promise<readonly EpochRecord[]> {
  const path = joinPath(folder, RUN_FILES.metrics);
  if (!(await exists(path))) return [];
  const lines = new TextDecoder().decode(await readFile(path)).split('\n');
  // A process that is killed while it writes leaves a last line without its end; that epoch is trained again.
  return lines.slice(0, -1).map((line, index) => parseLine(line, `${path}, line ${index + 1}`));
}

/** Forgets the epochs after `epoch`, which are about to be trained again. @returns those that stay */
export async function keepEpochs(folder: string, epoch: number): Promise<readonly EpochRecord[]> {
  const kept = (await readEpochs(folder)).filter((record) => record.epoch <= epoch);
  const text = kept.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFileAtomic(joinPath(folder, RUN_FILES.metrics), new TextEncoder().encode(text));
  return kept;
}

function parseLine(line: string, where: string): EpochRecord {
  try {
    return EpochRecord.parse(JSON.parse(line));
  } catch (cause) {
    throw new AntlerDataError(
      { where, expected: 'the figures of an epoch', got: line.slice(0, 60) },
      { cause },
    );
  }
}

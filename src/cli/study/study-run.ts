import { joinPath, writeFileAtomic } from '#platform';
import { setBackend } from '../../tensor/engine.ts';
import type { Findings } from '../../zoo/study.ts';
import type { StudiedSystem } from '../../zoo/system.ts';
import type { Context } from '../command.ts';
import { untilInterrupted } from '../run/interrupt.ts';
import { writeJson } from '../run/json-file.ts';
import { RUN_FILES } from '../run/run-files.ts';
import { withProgress } from '../terminal/download-progress.ts';
import { duration } from '../terminal/format.ts';
import { keptParts, StudyStopped } from './parts.ts';
import type { StudyConfig } from './study-config.ts';
import { judge, type StudyOutcome } from './study-outcome.ts';
import { writeStudyReport } from './study-report.ts';

export interface StudyRequest {
  readonly system: StudiedSystem;
  readonly config: StudyConfig;
  /** Made already; holds the parts that an earlier attempt finished. */
  readonly folder: string;
}

/**
 * Runs a study, holds it against its bars and fills the run folder.
 * @returns undefined if Ctrl-C ended it before; what was finished is kept in the folder
 */
export async function performStudy(
  { system, config, folder }: StudyRequest,
  context: Context,
): Promise<StudyOutcome | undefined> {
  const { out, host } = context;
  setBackend('wasm', config.threads === null ? {} : { threads: config.threads });
  const start = host.elapsed();
  out.line(`${system.title}, seed ${config.seed}${config.size === 'short' ? ', short' : ''}`);
  const findings = await investigate({ system, config, folder }, context);
  if (!findings) {
    out.line(`Stopped; go on with: antler reproduce ${system.id} --resume ${folder}`);
    return undefined;
  }
  const outcome = judge(system, config, findings, (host.elapsed() - start) / 1000);
  const report = writeStudyReport({ system, config, findings, outcome });
  await writeFileAtomic(joinPath(folder, RUN_FILES.report), new TextEncoder().encode(report));
  await writeJson(joinPath(folder, RUN_FILES.result), outcome);
  out.line(`${duration(outcome.seconds)}, report ${joinPath(folder, RUN_FILES.report)}`);
  return outcome;
}

async function investigate(
  { system, config, folder }: StudyRequest,
  context: Context,
): Promise<Findings | undefined> {
  const { out, host } = context;
  let findings: Findings | undefined;
  await untilInterrupted(host, out, async (signal) => {
    const part = keptParts(joinPath(folder, RUN_FILES.parts), signal, context);
    try {
      findings = await withProgress(out, (onProgress) => {
        const dataOptions = { onProgress, ...(config.data !== null && { path: config.data }) };
        return system.study.run({ seed: config.seed, signal, dataOptions, part }, config.size);
      });
    } catch (error) {
      if (!(error instanceof StudyStopped)) throw error;
    }
  });
  return findings;
}

import { z } from 'zod';
import { readConfig } from './json-file.ts';

/** What config.json holds: enough to start the same run again. */
export const RunConfig = z.strictObject({
  system: z.string(),
  seed: z.int().min(0),
  epochs: z.int().min(1),
  batchSize: z.int().min(1),
  validationSplit: z.number().min(0).lt(1),
  /** Threads asked for; null for as many as the machine has. */
  threads: z.int().min(1).nullable(),
  /** Folder with the data that was asked for; null for wherever it is found. */
  data: z.string().nullable(),
  startedAt: z.iso.datetime(),
});

export type RunConfig = Readonly<z.infer<typeof RunConfig>>;

/** Reads a run's settings. @throws AntlerDataError if the folder is not a run's, or its config.json is damaged */
export function readRunConfig(folder: string): Promise<RunConfig> {
  return readConfig(folder, RunConfig);
}

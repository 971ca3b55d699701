import { z } from 'zod';

/** What config.json of a study holds: enough to start it again. */
export const StudyConfig = z.strictObject({
  system: z.string(),
  seed: z.int().min(0),
  size: z.enum(['full', 'short']),
  /** Threads asked for; null for as many as the machine has. */
  threads: z.int().min(1).nullable(),
  /** Folder with the data that was asked for; null for wherever it is found. */
  data: z.string().nullable(),
  startedAt: z.iso.datetime(),
});

export type StudyConfig = Readonly<z.infer<typeof StudyConfig>>;

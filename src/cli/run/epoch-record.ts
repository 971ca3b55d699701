import { z } from 'zod';

/** A line of metrics.jsonl: what one epoch brought. */
export const EpochRecord = z.strictObject({
  /** The first is 1. */
  epoch: z.int().min(1),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number().optional(),
  validationAccuracy: z.number().optional(),
  seconds: z.number(),
  samplesPerSecond: z.number(),
  residentBytes: z.number(),
});

export type EpochRecord = Readonly<z.infer<typeof EpochRecord>>;

import type { SystemCard } from '../../zoo/card.ts';
import type { EpochRecord } from '../run/epoch-record.ts';
import type { Evaluation } from '../run/evaluation.ts';

/** All that the report of a run shows. */
export interface ReportData {
  readonly system: SystemCard;
  /** Names of the classes, in the order of their numbers. */
  readonly classes: readonly string[];
  readonly history: readonly EpochRecord[];
  readonly evaluation: Evaluation;
  /** Names and values as they are to be read. */
  readonly settings: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string>>;
  readonly parameters: number;
  /** Of the file with the weights, 64 hexadecimal digits. */
  readonly weightsSha256: string;
  readonly seconds: number;
  readonly startedAt: Date;
}

import { loadavg } from 'node:os';
import { environment } from '#platform';
import type { Row } from './row.ts';

/** Where and when idle: what a figure is worthless without. */
export interface Machine {
  readonly cpu: string | null;
  readonly cores: number;
  readonly memoryBytes: number | null;
  readonly system: string;
  /** Mean of runnable threads over the last minute before the first measurement; far from 0, the machine was busy. */
  readonly loadBefore: number;
}

/** All of a run, as `--json` prints it and `--out` writes it. */
export interface Report {
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** The machine as it is now. */
export function describeMachine(): Machine {
  const { cpu, cores, memoryBytes, platform, architecture } = environment();
  return {
    cpu: cpu ?? null,
    cores,
    memoryBytes: memoryBytes ?? null,
    system: `${platform} ${architecture}`,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** Machine and versions in lines for people. */
export function headerLines({ machine, versions }: Omit<Report, 'rows'>): string[] {
  const { cpu, cores, system, loadBefore } = machine;
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [`${cpu ?? 'unknown processor'}, ${cores} cores, ${system}, load ${loadBefore}`, listed.join(', ')];
}

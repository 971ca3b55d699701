/** What results/SYSTEM.json holds; the single runs with all their findings are left as they are. */
export interface Result {
  readonly system: string;
  readonly year: number;
  readonly metric: string;
  readonly bar: number;
}

export function readResults(): Result[];
export function withTable(readme: string, results: readonly Result[]): string;

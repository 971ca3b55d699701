/** Multiply-adds between two reports: some tenths of a second on one core. */
const WORK_BETWEEN_REPORTS = 2 ** 32;

/** Steps between two reports however small they are. */
const STEPS_BETWEEN_REPORTS = 250;

/** Says when a long computation of equal steps should report, a few times a second. */
export function reportInterval(workPerStep: number): number {
  return Math.min(STEPS_BETWEEN_REPORTS, Math.ceil(WORK_BETWEEN_REPORTS / Math.max(1, workPerStep)));
}

/** A figure somebody printed, and where. */
export interface Published {
  /** What was measured, for instance `testError`; compared with the bar's metric by `publishedFigure`. */
  readonly metric: string;
  readonly value: number;
  /** Place in the paper, or the data when it is not ours. */
  readonly where: string;
}

/** What a run must reach. Fractions are in 0 .. 1. */
export type Bar =
  | { readonly metric: string; readonly atLeast: number }
  | { readonly metric: string; readonly atMost: number };

/** What is known of a system before it runs. */
export interface SystemCard {
  /** Names the system on the command line. */
  readonly id: string;
  /** Of the paper. */
  readonly year: number;
  readonly title: string;
  /** Left out where the paper has no figure of this kind. */
  readonly published?: Published;
  readonly bar: Bar;
}

/** The bar's number, without its direction. */
export function barValue(bar: Bar): number {
  return 'atLeast' in bar ? bar.atLeast : bar.atMost;
}

/** Whether a measured value reaches the bar; NaN never does. */
export function passesBar(bar: Bar, value: number): boolean {
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

/**
 * The published figure in the metric of the bar: an error becomes an accuracy and the other way round.
 * @returns undefined if nothing was published, or something that cannot be compared
 */
export function publishedFigure({ published, bar }: SystemCard): number | undefined {
  if (!published) return undefined;
  if (published.metric === bar.metric) return published.value;
  if (COMPLEMENTS[published.metric] !== bar.metric) return undefined;
  // 1 - 0.0095 is 0.99050000000000005 in binary; twelve digits are more than any paper prints.
  return Number((1 - published.value).toFixed(12));
}

const COMPLEMENTS: Readonly<Record<string, string>> = {
  testError: 'testAccuracy',
  testAccuracy: 'testError',
};

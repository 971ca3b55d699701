import { barValue, passesBar, publishedFigure } from '../../zoo/card.ts';
import type { TrainedSystem } from '../../zoo/system.ts';
import type { FinishedRun } from './training-run.ts';

/** The measured value beside the bar and the published figure: the object programs read. */
export interface Outcome {
  readonly system: string;
  readonly metric: string;
  readonly value: number;
  readonly bar: number;
  /** In the same metric; null where nothing comparable was published. */
  readonly published: number | null;
  readonly passed: boolean;
  readonly seconds: number;
  /** Where the data was found. */
  readonly data: string;
  readonly seed: number;
}

export function outcomeOf(system: TrainedSystem, seed: number, run: FinishedRun): Outcome {
  const { bar } = system;
  const { accuracy } = run.evaluation;
  const value = bar.metric === 'testError' ? 1 - accuracy : accuracy;
  return {
    system: system.id,
    metric: bar.metric,
    value,
    bar: barValue(bar),
    published: publishedFigure(system) ?? null,
    passed: passesBar(bar, value),
    seconds: run.seconds,
    data: run.dataLocation,
    seed,
  };
}

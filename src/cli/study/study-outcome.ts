import { type Bar, barValue, passesBar, publishedFigure } from '../../zoo/card.ts';
import type { Finding, Findings } from '../../zoo/study.ts';
import type { StudiedSystem } from '../../zoo/system.ts';
import type { Outcome } from '../run/outcome.ts';
import type { StudyConfig } from './study-config.ts';

/** A finding with what became of it. */
export interface JudgedFinding {
  readonly name: string;
  readonly metric: string;
  readonly value: number;
  readonly bar: number | null;
  readonly published: number | null;
  /** Null where nothing had to be reached. */
  readonly passed: boolean | null;
}

/** What a study prints: the headline figure, and every finding. */
export interface StudyOutcome extends Outcome {
  readonly findings: readonly JudgedFinding[];
}

/** Holds what was found against the bars: the study passes if all pass; a short one has a bar of its own alone. */
export function judge(
  system: StudiedSystem,
  { seed, size }: StudyConfig,
  { value, data, findings }: Findings,
  seconds: number,
): StudyOutcome {
  const bar = size === 'full' ? system.bar : system.study.shortBar;
  // The bars of the findings are for the full size.
  const judged = findings.map((finding) => judgeFinding(finding, size === 'full' ? finding.bar : undefined));
  return {
    system: system.id,
    metric: bar.metric,
    value,
    bar: barValue(bar),
    published: publishedFigure(system) ?? null,
    passed: passesBar(bar, value) && judged.every(({ passed }) => passed !== false),
    seconds,
    data,
    seed,
    findings: judged,
  };
}

function judgeFinding({ name, metric, value, published }: Finding, bar: Bar | undefined): JudgedFinding {
  return {
    name,
    metric,
    value,
    bar: bar ? barValue(bar) : null,
    published: published?.value ?? null,
    passed: bar ? passesBar(bar, value) : null,
  };
}

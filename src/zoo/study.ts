import type { DatasetOptions } from '../data/idx-dataset-definition.ts';
import type { Bar } from './card.ts';

/** What can be kept in a run folder: JSON, and arrays of numbers. */
export type Stored =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | readonly Stored[]
  | { readonly [name: string]: Stored };

/**
 * Tells how far a part is, lets the process answer signals, and ends the study if Ctrl-C was pressed.
 * @param done fraction of the part, 0 .. 1
 * @param note a few words or figures to show beside it
 */
export type Progress = (done: number, note?: string) => Promise<void>;

/** What an experiment is given to work with. */
export interface Lab {
  /** The only source of chance. */
  readonly seed: number;
  /** Aborted by Ctrl-C; for `fit`. */
  readonly signal: AbortSignal;
  /** For the loaders of datasets: the folder the user named, and a live line for downloads. */
  readonly dataOptions: DatasetOptions;
  /**
   * A part of the experiment under a name of its own. Its result is kept in the run folder, so that a study that
   * was interrupted goes on after its last whole part; a part therefore depends only on the seed, the settings and
   * the results of parts before it.
   */
  part<T extends Stored>(name: string, work: (progress: Progress) => Promise<T>): Promise<T>;
}

/** One figure that was measured, beside what was published and what it must reach. */
export interface Finding {
  /** What it is, as a reader of the report sees it: `PCD-1, 16 hidden units`. */
  readonly name: string;
  /** In camelCase with its unit or nature: `testError`, `logLikelihood`. Fractions are in 0 .. 1. */
  readonly metric: string;
  readonly value: number;
  /** Left out for a figure that is only told. */
  readonly bar?: Bar;
  readonly published?: { readonly value: number; readonly where: string };
}

/** A picture of the report. */
export interface Figure {
  readonly title: string;
  /** One or two sentences: what is seen, and what to notice. */
  readonly caption: string;
  /** A whole `<svg>` element, as `plot/` writes it. */
  readonly svg: string;
}

/** What a study found. It passes if `value` and every finding that has a bar reach theirs. */
export interface Findings {
  /** In the metric of the card's bar. */
  readonly value: number;
  /** Where the data was found, or how it was made. */
  readonly data: string;
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
}

/** An experiment of several parts, with a short form of itself for checks. */
export interface Study {
  /** Names of the datasets it reads, as `antler data` lists them; none for generated data. */
  readonly data: readonly string[];
  /** Seconds a run may take on two cores. */
  readonly budgetSeconds: number;
  /** What the short form must reach, in the metric of the card's bar. */
  readonly shortBar: Bar;
  run(lab: Lab, size: StudySize): Promise<Findings>;
}

/** `short`: a fixed slice of the real data, in seconds. */
export type StudySize = 'full' | 'short';

/** A study as its folder declares it: one function, and the numbers of its two sizes. */
export interface StudyDefinition<Settings> {
  readonly data: readonly string[];
  readonly budgetSeconds: number;
  readonly settings: Settings;
  readonly short: { readonly settings: Settings; readonly bar: Bar };
  run(lab: Lab, settings: Settings): Promise<Findings>;
}

/** Makes a study of one function and the settings of its two sizes. */
export function defineStudy<Settings>(definition: StudyDefinition<Settings>): Study {
  const { data, budgetSeconds, settings, short } = definition;
  return {
    data,
    budgetSeconds,
    shortBar: short.bar,
    run: (lab, size) => definition.run(lab, size === 'full' ? settings : short.settings),
  };
}

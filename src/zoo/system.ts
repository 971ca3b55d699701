import type { SearchSpace } from '../tuning/space.ts';
import type { SystemCard } from './card.ts';
import type { Classification } from './classification.ts';
import type { Study } from './study.ts';

/** What `antler tune` searches for a system. */
export interface SystemSearch {
  readonly space: SearchSpace;
  /** Module whose export `objective` trains with the values it is given and returns the metric on validation data. */
  readonly objective: URL;
  /** What is measured, smaller is better: `validationError`. */
  readonly metric: string;
  /** Epochs of a trial where the method does not choose them, and the most it may choose. */
  readonly epochs: number;
}

/** A system that is one network learning to tell classes apart: `antler train` trains it. */
export interface TrainedSystem extends SystemCard {
  readonly status: 'works';
  readonly experiment: Classification;
  readonly search?: SystemSearch;
}

/** A system whose experiment has several parts: `antler reproduce` runs it. */
export interface StudiedSystem extends SystemCard {
  readonly status: 'works';
  readonly study: Study;
  readonly search?: SystemSearch;
}

/** A system that can be run. */
export type WorkingSystem = TrainedSystem | StudiedSystem;

/** Whether `antler train` can train it. */
export function isTrained(system: WorkingSystem): system is TrainedSystem {
  return 'experiment' in system;
}

/** A system whose experiment is still to be written. */
export interface PlannedSystem extends SystemCard {
  readonly status: 'planned';
}

export type System = WorkingSystem | PlannedSystem;

/** Declares a system of the lecture: its card and its experiment. */
export function defineSystem(definition: Omit<TrainedSystem, 'status'>): TrainedSystem;
export function defineSystem(definition: Omit<StudiedSystem, 'status'>): StudiedSystem;
export function defineSystem(
  definition: Omit<TrainedSystem, 'status'> | Omit<StudiedSystem, 'status'>,
): WorkingSystem {
  return { ...definition, status: 'works' };
}

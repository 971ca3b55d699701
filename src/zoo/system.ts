import type { SystemCard } from './card.ts';
import type { Classification } from './classification.ts';
import type { Study } from './study.ts';

/** A system that is one network learning to tell classes apart: `antler train` trains it. */
export interface TrainedSystem extends SystemCard {
  readonly status: 'works';
  readonly experiment: Classification;
}

/** A system whose experiment has several parts: `antler reproduce` runs it. */
export interface StudiedSystem extends SystemCard {
  readonly status: 'works';
  readonly study: Study;
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

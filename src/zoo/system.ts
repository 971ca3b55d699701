import type { SystemCard } from './card.ts';
import type { Classification } from './classification.ts';

/** A system that can be run. */
export interface WorkingSystem extends SystemCard {
  readonly status: 'works';
  readonly experiment: Classification;
}

/** A system whose experiment is still to be written. */
export interface PlannedSystem extends SystemCard {
  readonly status: 'planned';
}

export type System = WorkingSystem | PlannedSystem;

/** Declares a system of the lecture: its card and its experiment. */
export function defineSystem(definition: Omit<WorkingSystem, 'status'>): WorkingSystem {
  return { ...definition, status: 'works' };
}

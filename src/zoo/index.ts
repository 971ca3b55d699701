import { AntlerValueError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { lenet5 } from './1998-lenet5/index.ts';
import { PLANNED_SYSTEMS } from './planned.ts';
import type { System, WorkingSystem } from './system.ts';

const WORKING_SYSTEMS: readonly WorkingSystem[] = [lenet5];

/** Every system of the lecture, oldest first. */
export const systems: readonly System[] = [
  ...WORKING_SYSTEMS,
  ...PLANNED_SYSTEMS.map((card) => ({ ...card, status: 'planned' }) as const),
].sort((a, b) => a.year - b.year || Number(a.id > b.id) - Number(a.id < b.id));

/**
 * The system of that name, ready to run.
 * @throws AntlerValueError if there is none, or if it is planned only
 */
export function findSystem(id: string): WorkingSystem {
  const system = systems.find((candidate) => candidate.id === id);
  if (system?.status === 'works') return system;
  const working = WORKING_SYSTEMS.map((candidate) => candidate.id);
  if (system) {
    throw new AntlerValueError({
      where: `system ${id}`,
      expected: `a system that runs already (${working.join(', ')})`,
      got: `${system.title}, which is not there yet`,
      fix: 'see antler list',
    });
  }
  const known = systems.map((candidate) => candidate.id);
  throw unknownName({ where: 'systems', kind: 'the name of a system', name: id, known });
}

import { AntlerValueError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { perceptronSystem } from './1958-perceptron/index.ts';
import { v1 } from './1959-v1/index.ts';
import { xor } from './1969-xor/index.ts';
import { neocognitron } from './1980-neocognitron/index.ts';
import { backprop } from './1986-backprop/index.ts';
import { universalApproximation } from './1989-universal-approximation/index.ts';
import { lenet5 } from './1998-lenet5/index.ts';
import { lenet5Of1998 } from './1998-lenet5-1998/index.ts';
import { mnist1998 } from './1998-mnist-1998/index.ts';
import { rbmSystem } from './2002-rbm/index.ts';
import { autoencoderSystem } from './2006-autoencoder/index.ts';
import { dbn } from './2006-dbn/index.ts';
import { energyBased } from './2006-energy-based/index.ts';
import { sda } from './2008-sda/index.ts';
import { modelSelection } from './2012-model-selection/index.ts';
import { optimisation } from './2014-optimisation/index.ts';
import { PLANNED_SYSTEMS } from './planned.ts';
import { isTrained, type System, type TrainedSystem, type WorkingSystem } from './system.ts';

const WORKING_SYSTEMS: readonly WorkingSystem[] = [
  perceptronSystem,
  v1,
  xor,
  neocognitron,
  backprop,
  universalApproximation,
  lenet5,
  lenet5Of1998,
  mnist1998,
  rbmSystem,
  autoencoderSystem,
  dbn,
  energyBased,
  sda,
  modelSelection,
  optimisation,
];

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
  if (system) {
    throw new AntlerValueError({
      where: `system ${id}`,
      expected: 'a system that runs already',
      got: `${system.title}, which is not there yet`,
      fix: 'see antler list',
    });
  }
  const known = systems.map((candidate) => candidate.id);
  throw unknownName({ where: 'systems', kind: 'the name of a system', name: id, known });
}

/**
 * The system of that name, if it is one network that is trained.
 * @throws AntlerValueError if there is none, if it is planned only, or if it is an experiment of several parts
 */
export function findTrainedSystem(id: string): TrainedSystem {
  const system = findSystem(id);
  if (isTrained(system)) return system;
  const trained = WORKING_SYSTEMS.filter(isTrained).map((candidate) => candidate.id);
  throw new AntlerValueError({
    where: `system ${id}`,
    expected: `a system that is one network (${trained.join(', ')})`,
    got: `${system.title}, an experiment of several parts`,
    fix: `run antler reproduce ${id}`,
  });
}

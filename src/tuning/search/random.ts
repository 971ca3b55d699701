import { NumberStream } from '../../random/number-stream.ts';
import type { SearchSpace } from '../space.ts';
import type { Values } from '../trial.ts';
import type { Search } from './search.ts';

/** Values drawn from the space, each trial by itself. Bergstra & Bengio 2012, JMLR 13:281-305. */
export function randomSearch(): Search {
  return {
    name: 'random',
    propose: ({ space, seed, number }) => ({ values: drawValues(space, seed, number) }),
  };
}

/** The values of a trial, given by the seed and the branches. */
export function drawValues(space: SearchSpace, seed: number, ...branches: readonly number[]): Values {
  const random = new NumberStream(seed, ...branches);
  return Object.fromEntries(
    Object.entries(space).map(([name, parameter]) => [name, parameter.at(random.uniform())]),
  );
}

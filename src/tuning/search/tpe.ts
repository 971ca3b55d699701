import { NumberStream } from '../../random/number-stream.ts';
import { at } from '../../util/errors.ts';
import type { Parameter, ParameterValue } from '../space.ts';
import { type Ranked, ranked, type Values } from '../trial.ts';
import { drawValues } from './random.ts';
import type { Search } from './search.ts';

export interface TpeOptions {
  /** Trials drawn at random first. Default 10. */
  readonly startup?: number;
  /** Part of the trials that counts as good. Default 0.25, at most 25 of them. */
  readonly gamma?: number;
  /** Values drawn from the good ones, of which the most promising is tried. Default 24. */
  readonly candidates?: number;
}

/**
 * Tree-structured Parzen estimator: l(x) is the density of the good trials, g(x) that of the others, each a mixture
 * of normal bumps around the trials and a uniform prior; what is tried has the largest l(x)/g(x) of candidates
 * drawn from l. Parameters are taken one by one. Bergstra, Bardenet, Bengio, Kegl 2011, NIPS 24.
 */
export function tpe({ startup = 10, gamma = 0.25, candidates = 24 }: TpeOptions = {}): Search {
  return {
    name: 'tpe',
    propose({ space, seed, number, direction, trials }) {
      const known = ranked(trials, direction);
      if (known.length < startup) return { values: drawValues(space, seed, number) };
      const random = new NumberStream(seed, number);
      const goodCount = Math.min(25, Math.max(1, Math.ceil(gamma * known.length)));
      const [good, bad] = [known.slice(0, goodCount), known.slice(goodCount)];
      const values = Object.entries(space).map(([name, parameter]) => {
        const places = (trialsOf: readonly Ranked[]) =>
          trialsOf.map((trial) => placeIn(parameter, trial.values, name));
        return [name, chooseValue(parameter, places(good), places(bad), candidates, random)] as const;
      });
      return { values: Object.fromEntries(values) };
    },
  };
}

function placeIn(parameter: Parameter, values: Values, name: string): number {
  return parameter.placeOf(values[name] as ParameterValue);
}

function chooseValue(
  parameter: Parameter,
  good: readonly number[],
  bad: readonly number[],
  candidates: number,
  random: NumberStream,
): ParameterValue {
  const [better, worse] = parameter.isOrdered
    ? [bumps(good), bumps(bad)]
    : [counts(good, parameter.size), counts(bad, parameter.size)];
  let best = { place: 0, ratio: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < candidates; i++) {
    const place = better.draw(random);
    const ratio = Math.log(better.density(place)) - Math.log(worse.density(place));
    if (ratio > best.ratio) best = { place, ratio };
  }
  return parameter.at(best.place);
}

/** A density on [0, 1). */
interface Density {
  density(place: number): number;
  draw(random: NumberStream): number;
}

/** Normal bumps cut off at 0 and 1, as wide as the gap to the farther neighbour, beside a uniform prior. */
function bumps(places: readonly number[]): Density {
  const sorted = [...places].sort((a, b) => a - b);
  const narrowest = 1 / Math.min(100, sorted.length + 2);
  const kernels = sorted.map((centre, i) => {
    const gap = Math.max(centre - (sorted[i - 1] ?? 0), (sorted[i + 1] ?? 1) - centre);
    return { centre, width: Math.min(1, Math.max(narrowest, gap)) };
  });
  const weight = 1 / (kernels.length + 1);
  return {
    density(place) {
      const sum = kernels.reduce(
        (total, { centre, width }) => total + normal((place - centre) / width) / width,
        0,
      );
      return weight * (1 + sum);
    },
    draw(random) {
      const index = random.below(kernels.length + 1);
      if (index === kernels.length) return random.uniform();
      const { centre, width } = at(kernels, index);
      for (;;) {
        const place = centre + width * random.normal(); // inside with a chance of at least 1/2: the centre is
        if (place >= 0 && place < 1) return place;
      }
    },
  };
}

/** How often each of `size` choices came, one added to each. */
function counts(places: readonly number[], size: number): Density {
  const total = places.length + size;
  const masses = new Array<number>(size).fill(1 / total);
  for (const place of places) {
    const index = Math.floor(place * size);
    masses[index] = at(masses, index) + 1 / total;
  }
  return {
    density: (place) => at(masses, Math.floor(place * size)),
    draw(random) {
      let rest = random.uniform();
      const index = masses.findIndex((mass) => {
        rest -= mass;
        return rest < 0;
      });
      return ((index < 0 ? size - 1 : index) + 0.5) / size; // rounding may leave a rest
    },
  };
}

function normal(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

import { at } from '../util/errors.ts';

/** An array [outer, from, inner] whose middle axis is to get `to` places. */
export interface ResampledAxis {
  readonly outer: number;
  readonly from: number;
  readonly to: number;
  readonly inner: number;
}

/** What one new place takes from neighbouring old ones; the weights sum to 1. */
interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

/** [outer, from, inner] to [outer, to, inner]: area means to fewer places, linear interpolation to more. */
export function resample(source: Float64Array, { outer, from, to, inner }: ResampledAxis): Float64Array {
  const taps = Array.from({ length: to }, (_, place) => (to < from ? areaTap : linearTap)(place, from, to));
  const target = new Float64Array(outer * to * inner);
  for (let block = 0; block < outer; block++) {
    taps.forEach(({ first, weights }, place) => {
      const write = (block * to + place) * inner;
      weights.forEach((weight, step) => {
        const read = (block * from + first + step) * inner;
        for (let i = 0; i < inner; i++)
          target[write + i] = at(target, write + i) + weight * at(source, read + i);
      });
    });
  }
  return target;
}

/** The share of each old place in the stretch [place, place + 1) * from / to. */
function areaTap(place: number, from: number, to: number): Tap {
  const start = (place * from) / to;
  const end = ((place + 1) * from) / to;
  const first = Math.floor(start);
  const last = Math.min(Math.ceil(end), from);
  const weights = Array.from({ length: last - first }, (_, step) => {
    const overlap = Math.min(end, first + step + 1) - Math.max(start, first + step);
    return overlap / (end - start);
  });
  return { first, weights };
}

/** The two old places around the new one's centre; beyond the ends the outermost. */
function linearTap(place: number, from: number, to: number): Tap {
  const centre = Math.min(Math.max(((place + 0.5) * from) / to - 0.5, 0), from - 1);
  const first = Math.min(Math.floor(centre), Math.max(from - 2, 0));
  const share = centre - first;
  return { first, weights: from === 1 ? [1] : [1 - share, share] };
}

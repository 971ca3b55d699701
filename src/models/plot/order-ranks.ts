import { at } from '../../util/errors.ts';
import { neighbours, type Slots } from './slots.ts';

const SWEEPS = 12;

/**
 * An order of the slots in each rank in which few edges cross: sweeps down and up that sort each rank by the mean
 * place of the neighbours (Sugiyama, Tagawa, Toda 1981); the best order met is kept.
 */
export function orderRanks(slots: Slots): readonly (readonly number[])[] {
  const [above, below] = [neighbours(slots, 'above'), neighbours(slots, 'below')];
  let order = slots.byRank.map((rank) => [...rank]);
  let best = order;
  let fewest = crossings(order, below);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    order = sweep % 2 === 0 ? swept(order, above) : swept(order.toReversed(), below).toReversed();
    const count = crossings(order, below);
    if (count < fewest) [best, fewest] = [order, count];
  }
  return best;
}

/** The ranks, each sorted by the places of its neighbours in the one before. */
function swept(ranks: readonly number[][], linked: readonly number[][]): number[][] {
  const places = new Map<number, number>();
  return ranks.map((rank) => {
    const wanted = new Map(rank.map((slot, i) => [slot, barycenter(at(linked, slot), places) ?? i]));
    const sorted = [...rank].sort((a, b) => Number(wanted.get(a)) - Number(wanted.get(b)));
    sorted.forEach((slot, i) => {
      places.set(slot, i);
    });
    return sorted;
  });
}

function barycenter(slots: readonly number[], places: ReadonlyMap<number, number>): number | undefined {
  if (slots.length === 0) return undefined;
  return slots.reduce((sum, slot) => sum + (places.get(slot) ?? 0), 0) / slots.length;
}

/** How many pairs of links between neighbouring ranks cross. */
function crossings(order: readonly number[][], below: readonly number[][]): number {
  return order.reduce((count, rank, r) => {
    const places = new Map(order[r + 1]?.map((slot, i) => [slot, i]));
    const ends = rank.flatMap((slot) =>
      at(below, slot)
        .map((other) => Number(places.get(other)))
        .sort((a, b) => a - b),
    );
    return count + inversions(ends);
  }, 0);
}

function inversions(values: readonly number[]): number {
  return values.reduce(
    (count, value, i) => count + values.slice(0, i).filter((before) => before > value).length,
    0,
  );
}

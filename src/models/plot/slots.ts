import { at } from '../../util/errors.ts';

/** A node of a drawing to another, by their numbers. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

/** Nodes in ranks, and the places that edges take in the ranks they pass. */
export interface Slots {
  /** The rank of each slot. The first slots are the nodes; those behind are the places of edges. */
  readonly ranks: readonly number[];
  /** The slots in each rank. */
  readonly byRank: readonly (readonly number[])[];
  /** The slots of each edge, from its upper node to its lower one, one in each rank. */
  readonly chains: readonly (readonly number[])[];
}

/**
 * Puts each node one rank behind the last that it follows from, and splits edges at the ranks they pass (Sugiyama,
 * Tagawa, Toda 1981).
 * @param edges each from a node to one of a higher number
 */
export function slotsOf(nodes: number, edges: readonly Edge[]): Slots {
  const ranks = ranksOf(nodes, edges);
  const chains = edges.map(({ from, to }) => {
    const passed = Array.from({ length: at(ranks, to) - at(ranks, from) - 1 }, (_, i) => {
      ranks.push(at(ranks, from) + i + 1);
      return ranks.length - 1;
    });
    return [from, ...passed, to];
  });
  const byRank: number[][] = Array.from({ length: Math.max(-1, ...ranks) + 1 }, () => []);
  ranks.forEach((rank, slot) => {
    at(byRank, rank).push(slot);
  });
  return { ranks, byRank, chains };
}

/** The longest way to each node; what begins late in the drawing stands just before its first use. */
function ranksOf(nodes: number, edges: readonly Edge[]): number[] {
  const ranks = new Array<number>(nodes).fill(0);
  for (let node = 0; node < nodes; node++) {
    for (const { from, to } of edges) {
      if (to === node) ranks[node] = Math.max(at(ranks, node), at(ranks, from) + 1);
    }
  }
  const longest = [...ranks];
  for (let node = 0; node < nodes; node++) {
    const followers = edges.filter(({ from }) => from === node).map(({ to }) => at(longest, to));
    if (followers.length > 0 && !edges.some(({ to }) => to === node))
      ranks[node] = Math.min(...followers) - 1;
  }
  return ranks;
}

/** For every slot the slots it is linked with in the rank above, or below. */
export function neighbours(slots: Slots, side: 'above' | 'below'): number[][] {
  const found: number[][] = slots.ranks.map(() => []);
  for (const chain of slots.chains) {
    for (let i = 1; i < chain.length; i++) {
      const [upper, lower] = [at(chain, i - 1), at(chain, i)];
      if (side === 'above') at(found, lower).push(upper);
      else at(found, upper).push(lower);
    }
  }
  return found;
}

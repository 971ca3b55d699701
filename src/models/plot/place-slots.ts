import { at } from '../../util/errors.ts';
import { neighbours, type Slots } from './slots.ts';

const SWEEPS = 16;
/** Sweeps behind those, in which ranks above and below count alike: what wobbles comes to rest. */
const FINAL_SWEEPS = 24;
/** Edges that pass a rank are to run straight, rather than boxes to stand in the middle. */
const WEIGHT_OF_PASSING = 6;

interface Spacing {
  /** Extent of each node across the ranks. */
  readonly widths: readonly number[];
  readonly gap: number;
}

/** The centre of each slot across the ranks: near those it is linked with, without overlaps. The least edge is at 0. */
export function placeSlots(slots: Slots, order: readonly (readonly number[])[], spacing: Spacing): number[] {
  const [above, below] = [neighbours(slots, 'above'), neighbours(slots, 'below')];
  const widthOf = (slot: number) => spacing.widths[slot] ?? 0;
  const centers = new Array<number>(slots.ranks.length).fill(0);
  const settle = (rank: readonly number[], linked: (slot: number) => readonly number[]) => {
    const placed = separated(
      rank.map((slot) => ({
        wanted: meanOf(linked(slot), centers) ?? at(centers, slot),
        weight: slot < spacing.widths.length ? 1 : WEIGHT_OF_PASSING,
        width: widthOf(slot),
      })),
      spacing.gap,
    );
    rank.forEach((slot, i) => {
      centers[slot] = at(placed, i);
    });
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const rank of isDown ? order : order.toReversed()) {
      settle(rank, (slot) => at(isDown ? above : below, slot));
    }
  }
  for (let sweep = 0; sweep < FINAL_SWEEPS; sweep++) {
    for (const rank of sweep % 2 === 0 ? order : order.toReversed()) {
      settle(rank, (slot) => [...at(above, slot), ...at(below, slot)]);
    }
  }
  const least = Math.min(...centers.map((center, slot) => center - widthOf(slot) / 2));
  return centers.map((center) => center - least);
}

function meanOf(slots: readonly number[], centers: readonly number[]): number | undefined {
  if (slots.length === 0) return undefined;
  return slots.reduce((sum, slot) => sum + at(centers, slot), 0) / slots.length;
}

interface Wish {
  readonly wanted: number;
  readonly weight: number;
  readonly width: number;
}

/**
 * The centres nearest to those wanted (least squares) that keep order and distance: what the distances leave is an
 * isotonic regression, solved by pooling neighbours that violate the order.
 */
function separated(wishes: readonly Wish[], gap: number): number[] {
  const offsets: number[] = [];
  wishes.forEach(({ width }, i) => {
    const previous = wishes[i - 1];
    offsets.push(previous ? at(offsets, i - 1) + (previous.width + width) / 2 + gap : 0);
  });
  const pools: { total: number; weight: number; count: number }[] = [];
  wishes.forEach(({ wanted, weight }, i) => {
    let pool = { total: (wanted - at(offsets, i)) * weight, weight, count: 1 };
    for (
      let last = pools.at(-1);
      last && last.total / last.weight > pool.total / pool.weight;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = {
        total: pool.total + last.total,
        weight: pool.weight + last.weight,
        count: pool.count + last.count,
      };
    }
    pools.push(pool);
  });
  const bases = pools.flatMap(({ total, weight, count }) => new Array<number>(count).fill(total / weight));
  return bases.map((base, i) => base + at(offsets, i));
}

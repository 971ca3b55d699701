/** Something that needs memory from one moment to another, both included. */
export interface Lifetime {
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

export interface MemoryPlan {
  /** Place of each lifetime, in their order. */
  readonly offsets: readonly number[];
  readonly totalBytes: number;
}

/** Everything starts on a cache line; vector loads may read a little past the end of a buffer. */
const ALIGNMENT = 64;
const SLACK = 64;

/** Room for a buffer with what may be read behind it. */
export function paddedBytes(bytes: number): number {
  return Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
}

/** Bytes that are alive at the busiest moment: no plan can do with less. */
export function busiestBytes(lifetimes: readonly Lifetime[]): number {
  const alive = (moment: number) =>
    lifetimes.reduce((sum, { bytes, from, to }) => (from <= moment && moment <= to ? sum + bytes : sum), 0);
  return Math.max(0, ...new Set(lifetimes.map(({ from }) => alive(from))));
}

/** What is hard to place goes first: the large, or the large that stay long. */
const DIFFICULTY: readonly ((lifetime: Lifetime) => number)[] = [
  ({ bytes }) => bytes,
  ({ bytes, from, to }) => bytes * (to - from + 1),
  ({ from, to }) => to - from,
  ({ from }) => -from,
];

/**
 * Places lifetimes so that none that overlap in time overlap in memory: one after the other, each at the lowest place
 * that is free (the greedy plans of Pisarchyk & Lee 2020), in several orders, of which the best is kept.
 */
export function planMemory(lifetimes: readonly Lifetime[]): MemoryPlan {
  const plans = DIFFICULTY.map((difficulty) => placeInOrder(lifetimes, difficulty));
  return plans.reduce((best, plan) => (plan.totalBytes < best.totalBytes ? plan : best));
}

interface Placed {
  readonly lifetime: Lifetime;
  readonly offset: number;
  readonly end: number;
}

function placeInOrder(
  lifetimes: readonly Lifetime[],
  difficulty: (lifetime: Lifetime) => number,
): MemoryPlan {
  const order = lifetimes.map((lifetime, index) => ({ lifetime, index }));
  order.sort((a, b) => difficulty(b.lifetime) - difficulty(a.lifetime) || a.index - b.index);
  const offsets = new Array<number>(lifetimes.length).fill(0);
  const placed: Placed[] = [];
  let totalBytes = 0;
  for (const { lifetime, index } of order) {
    const bytes = paddedBytes(lifetime.bytes);
    const offset = lowestFree(placed, lifetime, bytes);
    offsets[index] = offset;
    totalBytes = Math.max(totalBytes, offset + bytes);
    const behind = placed.findIndex((other) => other.offset > offset);
    placed.splice(behind < 0 ? placed.length : behind, 0, { lifetime, offset, end: offset + bytes });
  }
  return { offsets, totalBytes };
}

/** `placed` stands in the order of its offsets. */
function lowestFree(placed: readonly Placed[], { from, to }: Lifetime, bytes: number): number {
  let offset = 0;
  for (const other of placed) {
    if (other.offset >= offset + bytes) break;
    const meets = other.lifetime.from <= to && from <= other.lifetime.to;
    if (meets && offset < other.end) offset = other.end;
  }
  return offset;
}

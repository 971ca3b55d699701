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

/**
 * Places lifetimes so that none that overlap in time overlap in memory: the largest first, each at the lowest place
 * that is free (the "greedy by size" of Pisarchyk & Lee 2020).
 */
export function planMemory(lifetimes: readonly Lifetime[]): MemoryPlan {
  const order = lifetimes.map((_, i) => i).sort((a, b) => size(lifetimes[b]) - size(lifetimes[a]) || a - b);
  const offsets = new Array<number>(lifetimes.length).fill(0);
  const placed: { readonly lifetime: Lifetime; readonly offset: number; readonly end: number }[] = [];
  let totalBytes = 0;
  for (const i of order) {
    const lifetime = lifetimes[i];
    if (!lifetime) continue;
    const bytes = paddedBytes(lifetime.bytes);
    let offset = 0;
    for (const other of placed) {
      const meets = other.lifetime.from <= lifetime.to && lifetime.from <= other.lifetime.to;
      if (meets && offset < other.end && other.offset < offset + bytes) offset = other.end;
    }
    offsets[i] = offset;
    totalBytes = Math.max(totalBytes, offset + bytes);
    placed.push({ lifetime, offset, end: offset + bytes });
    placed.sort((a, b) => a.offset - b.offset);
  }
  return { offsets, totalBytes };
}

function size(lifetime: Lifetime | undefined): number {
  return lifetime?.bytes ?? 0;
}

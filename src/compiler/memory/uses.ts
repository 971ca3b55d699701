import type { Block, Phase, Region } from '../schedule/chunks/phases.ts';
import type { Buffer } from '../schedule/kernel.ts';

/** When and how a buffer is used. Times count phases in the order in which they run, those inside loops included. */
export interface Use {
  first: number;
  last: number;
  /** The regions that use it, and when. */
  readonly regions: Map<Region, number>;
  /** Every access is row by row. */
  onlyRows: boolean;
  /** It must outlive one chunk: it belongs to a loop or a branch. */
  lasts: boolean;
}

/** All regions, those inside blocks included. */
export function regionsOf(phases: readonly Phase[]): Region[] {
  return phases.flatMap(({ regions, blocks }) => [
    ...regions,
    ...blocks.flatMap((block) => regionsOf(innerPhases(block))),
  ]);
}

/** The phases inside a block. */
function innerPhases(block: Block): Phase[] {
  return block.kind === 'loop'
    ? [...(block.condition?.phases ?? []), ...block.phases]
    : block.branches.flat();
}

/** The lifetime of every buffer. What a block shares with its surroundings, or from round to round, lives as long as the block. */
export function collectUses(phases: readonly Phase[]): Map<Buffer, Use> {
  const uses = new Map<Buffer, Use>();
  let time = 0;
  const note = (buffer: Buffer, from: number, to: number): Use => {
    const use = uses.get(buffer) ?? {
      first: from,
      last: to,
      regions: new Map(),
      onlyRows: true,
      lasts: false,
    };
    use.first = Math.min(use.first, from);
    use.last = Math.max(use.last, to);
    uses.set(buffer, use);
    return use;
  };
  const visitPhase = ({ regions, blocks }: Phase) => {
    time++;
    for (const region of regions) {
      for (const { buffer, access } of region.kernels.flatMap(({ operands }) => operands)) {
        const use = note(buffer.slice?.of ?? buffer, time, time);
        use.regions.set(region, time);
        use.onlyRows &&= access === 'rows' && !buffer.slice;
      }
    }
    blocks.forEach(visitBlock);
  };
  const visitBlock = (block: Block) => {
    const start = ++time;
    innerPhases(block).forEach(visitPhase);
    const end = ++time;
    const lasting =
      block.kind === 'branch'
        ? [...block.lasting, block.condition]
        : [...block.lasting, ...conditionOf(block)];
    for (const buffer of lasting) note(buffer.slice?.of ?? buffer, start, end).lasts = true;
    extendShared(uses, start, end);
  };
  phases.forEach(visitPhase);
  return uses;
}

function conditionOf(block: Extract<Block, { kind: 'loop' }>): Buffer[] {
  return block.condition ? [block.condition.result] : [];
}

/** A buffer from before the block that is used inside is used in every round. */
function extendShared(uses: ReadonlyMap<Buffer, Use>, start: number, end: number): void {
  for (const use of uses.values())
    if (use.first < start && use.last > start) use.last = Math.max(use.last, end);
}

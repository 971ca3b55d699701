import type { Block, Phase, Region } from '../schedule/chunks/phases.ts';
import type { Kernel } from '../schedule/kernel.ts';
import type { ExplainedBlock, ExplainedPhase } from './explanation.ts';

/** A kernel where it stands in a program. */
export interface PlacedKernel {
  readonly kernel: Kernel;
  readonly region: Region;
  /** Number of the region among all. */
  readonly regionNumber: number;
  /** How often the region runs in one run of the program; null where data decides. */
  readonly rounds: number | null;
}

/** The kernels of a program in the order of `regionsOf`, and the program as data with their numbers. */
export function explainProgram(phases: readonly Phase[]): {
  readonly kernels: readonly PlacedKernel[];
  readonly phases: readonly ExplainedPhase[];
} {
  const kernels: PlacedKernel[] = [];
  let regions = 0;
  const visitRegion = (region: Region, rounds: number | null) => {
    const regionNumber = regions++;
    const first = kernels.length;
    kernels.push(...region.kernels.map((kernel) => ({ kernel, region, regionNumber, rounds })));
    const { extent, chunks, rowsPerChunk } = region;
    return { rows: extent, chunks, rowsPerChunk, kernels: region.kernels.map((_, i) => first + i) };
  };
  const visitBlock = (block: Block, rounds: number | null): ExplainedBlock => {
    const own = block.kind === 'loop' ? (block.counter.steps ?? null) : null;
    const inside = rounds === null || own === null ? null : rounds * own;
    const parts = partsOf(block).map((part) => visit(part, inside));
    return { kind: kindOf(block), rounds: own, parts };
  };
  const visit = (list: readonly Phase[], rounds: number | null): ExplainedPhase[] =>
    list.map((phase) => ({
      regions: phase.regions.map((region) => visitRegion(region, rounds)),
      blocks: phase.blocks.map((block) => visitBlock(block, rounds)),
    }));
  const explained = visit(phases, 1);
  return { kernels, phases: explained };
}

function kindOf(block: Block): ExplainedBlock['kind'] {
  if (block.kind === 'branch') return 'cond';
  return block.condition ? 'while' : 'scan';
}

function partsOf(block: Block): (readonly Phase[])[] {
  if (block.kind === 'branch') return [...block.branches];
  return block.condition ? [block.condition.phases, block.phases] : [block.phases];
}

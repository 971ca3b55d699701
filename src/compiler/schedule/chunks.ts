import { bytesPerElement } from '../../util/dtypes.ts';
import type { Buffer, Kernel } from './kernel.ts';

/**
 * How the rows of all kernels of one extent are divided. It depends on shapes alone, never on the number of threads,
 * so that sums over rows are the same whoever computes them.
 */
export interface Chunking {
  readonly rowsPerChunk: number;
  readonly chunks: number;
}

/** Less work than this is not worth dividing: about ten microseconds. */
const CHUNK_COST = 20_000;
/** What one chunk should leave in a core's second-level cache. */
const CHUNK_BYTES = 256 * 1024;
/** Fewer rows starve the register tiles of a matrix product. */
const LEAST_ROWS = 8;

/** The chunking of each extent among the kernels. */
export function chooseChunks(kernels: readonly Kernel[]): Map<number, Chunking> {
  const groups = new Map<number, Kernel[]>();
  for (const kernel of kernels) groups.set(kernel.extent, [...(groups.get(kernel.extent) ?? []), kernel]);
  return new Map([...groups].map(([extent, group]) => [extent, chunkRows(extent, group)]));
}

function chunkRows(extent: number, kernels: readonly Kernel[]): Chunking {
  const costPerRow = kernels.reduce((sum, kernel) => sum + kernel.costPerRow, 0);
  if (costPerRow * extent < 2 * CHUNK_COST) return { rowsPerChunk: Math.max(1, extent), chunks: 1 };
  const forCache = Math.max(LEAST_ROWS, Math.floor(CHUNK_BYTES / bytesPerRow(kernels)));
  const rows = Math.max(Math.ceil(CHUNK_COST / costPerRow), Math.min(Math.ceil(extent / 8), forCache));
  const wanted = Math.ceil(extent / rows);
  const balanced = wanted > 4 ? Math.ceil(wanted / 4) * 4 : wanted;
  const rowsPerChunk = Math.ceil(extent / balanced);
  return { rowsPerChunk, chunks: Math.ceil(extent / rowsPerChunk) };
}

function bytesPerRow(kernels: readonly Kernel[]): number {
  const buffers = new Set<Buffer>();
  for (const { operands } of kernels) {
    for (const { buffer, access } of operands) if (access === 'rows') buffers.add(buffer);
  }
  const extent = kernels[0]?.extent ?? 1;
  let bytes = 1;
  for (const { size, dtype } of buffers) bytes += (size * bytesPerElement(dtype)) / extent;
  return bytes;
}

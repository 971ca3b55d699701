import { bytesPerElement } from '../../../util/dtypes.ts';
import type { Buffer, Kernel, OperandAccess } from '../kernel.ts';

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
/** Fewer rows starve the register tiles of a matrix product, */
const LEAST_ROWS = 8;
/** whose height is a multiple of this or ends with a lower, slower tile. */
const TILE_ROWS = 4;
/** Every chunk reads again what its kernels read as a whole: it has this much to compute for each byte of that. */
const COST_PER_SHARED_BYTE = 83;
/** Shared bytes that stay in a core's second-level cache from one chunk to the next. */
const SHARED_BYTES_AT_HAND = 256 * 1024;
/** There are so many chunks of heavy work, */
const CHUNKS = 8;
/** or so few where chunks must be large to pay for what they read again. */
const FEWEST_CHUNKS = 4;

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
  const rows = Math.max(
    Math.ceil(CHUNK_COST / costPerRow),
    Math.min(Math.ceil(extent / CHUNKS), forCache),
    Math.min(Math.ceil(extent / FEWEST_CHUNKS), rowsForReuse(kernels, costPerRow)),
  );
  const wanted = Math.ceil(extent / rows);
  const balanced = wanted > 4 ? Math.ceil(wanted / 4) * 4 : wanted;
  const rowsPerChunk = wholeTiles(Math.ceil(extent / balanced));
  return { rowsPerChunk, chunks: Math.ceil(extent / rowsPerChunk) };
}

/** Rows that pay for reading shared operands from outside the core. */
function rowsForReuse(kernels: readonly Kernel[], costPerRow: number): number {
  const shared = bytesOf(kernels, 'whole');
  return shared <= SHARED_BYTES_AT_HAND ? 1 : Math.ceil((shared * COST_PER_SHARED_BYTE) / costPerRow);
}

function wholeTiles(rows: number): number {
  return rows < LEAST_ROWS ? rows : Math.ceil(rows / TILE_ROWS) * TILE_ROWS;
}

function bytesPerRow(kernels: readonly Kernel[]): number {
  return Math.max(1, bytesOf(kernels, 'rows') / (kernels[0]?.extent ?? 1));
}

/** Bytes of all buffers that are accessed in a way. */
function bytesOf(kernels: readonly Kernel[], wanted: OperandAccess): number {
  const buffers = new Set<Buffer>();
  for (const { operands } of kernels) {
    for (const { buffer, access } of operands) if (access === wanted) buffers.add(buffer);
  }
  return [...buffers].reduce((bytes, { size, dtype }) => bytes + size * bytesPerElement(dtype), 0);
}

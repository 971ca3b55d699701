import { type DType, type TypedArray, viewBytes } from '../../util/dtypes.ts';
import { AntlerResourceError, invariant } from '../../util/errors.ts';
import { FreeList } from './free-list.ts';

const PAGE = 65_536;
/** One cache line; also what a vector load likes. */
const ALIGNMENT = 64;
/** Smallest step of growth. Pages that are never touched cost no real memory. */
const GROWTH_STEP = 16 * 2 ** 20;
/** Address 0 is never handed out, so 0 can mean "no memory". */
const FIRST_ADDRESS = ALIGNMENT;

export interface EngineMemoryOptions {
  /** Memory that worker threads can share; needs `WasmFeatures.threads`. */
  readonly shared: boolean;
  /** Largest size, default 4 GiB; less where the engine cannot reserve that much. */
  readonly maximumBytes?: number;
}

/** The one memory of the engine and its allocator. Used from the main thread only; the workers get addresses. */
export class EngineMemory {
  readonly wasm: WebAssembly.Memory;
  readonly shared: boolean;
  /** Size of the memory that modules have to import, in pages. */
  readonly maximumPages: number;
  readonly #free = new FreeList();
  readonly #sizes = new Map<number, number>();
  #capacity: number;
  #used = 0;
  #peak = 0;

  /** @throws AntlerResourceError if the engine refuses even a small memory */
  constructor({ shared, maximumBytes = 65_536 * PAGE }: EngineMemoryOptions) {
    this.shared = shared;
    const { memory, maximumPages } = reserve(shared, Math.floor(maximumBytes / PAGE));
    this.wasm = memory;
    this.maximumPages = maximumPages;
    this.#capacity = memory.buffer.byteLength;
    this.#free.give(FIRST_ADDRESS, this.#capacity - FIRST_ADDRESS);
  }

  /**
   * Address of `bytes` of memory, aligned to 64; the contents are whatever was there before. Growing detaches the
   * views of an unshared memory.
   * @throws AntlerResourceError if the memory cannot grow enough; all that was allocated stays usable
   */
  alloc(bytes: number): number {
    invariant(Number.isSafeInteger(bytes) && bytes >= 0, `allocation of ${bytes} bytes`);
    const rounded = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    let address = this.#free.take(rounded);
    if (address === undefined) {
      this.#grow(rounded);
      address = this.#free.take(rounded);
    }
    invariant(address !== undefined, `no room for ${rounded} bytes after growing`);
    this.#sizes.set(address, rounded);
    this.#used += rounded;
    this.#peak = Math.max(this.#peak, this.#used);
    return address;
  }

  /** @throws AntlerResourceError for more bytes than the memory can ever have */
  requirePossible(bytes: number): void {
    if (bytes > this.maximumPages * PAGE) throw this.#refusal(bytes);
  }

  /** Gives back what `alloc` returned. */
  free(address: number): void {
    const bytes = this.#sizes.get(address);
    invariant(bytes !== undefined, `memory at ${address} is freed twice or was never allocated`);
    this.#sizes.delete(address);
    this.#free.give(address, bytes);
    this.#used -= bytes;
  }

  /** Bytes allocated now. */
  get bytesInUse(): number {
    return this.#used;
  }

  /** Most bytes ever allocated at once. */
  get peakBytes(): number {
    return this.#peak;
  }

  /** Bytes of the WebAssembly memory, used or not. */
  get capacityBytes(): number {
    return this.#capacity;
  }

  /** Bytes of `[address, address + count)`; like all views, to be used before the next `alloc`. */
  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.wasm.buffer, address, count);
  }

  int32(address: number, count: number): Int32Array {
    return new Int32Array(this.wasm.buffer, address, count);
  }

  /** `count` elements of a type. */
  elements(dtype: DType, address: number, count: number): TypedArray {
    return viewBytes(dtype, this.wasm.buffer, address, count);
  }

  #grow(bytes: number): void {
    const needed = bytes - this.#free.bytesBefore(this.#capacity);
    const generous = Math.max(needed, GROWTH_STEP, this.#capacity / 4);
    const left = this.maximumPages - this.#capacity / PAGE;
    const pages = Math.ceil(needed / PAGE);
    const wanted = Math.min(Math.ceil(generous / PAGE), left);
    if (pages > left || !(this.#growBy(wanted) || this.#growBy(pages))) throw this.#refusal(bytes);
  }

  /** False if the engine refuses. */
  #growBy(pages: number): boolean {
    try {
      this.wasm.grow(pages);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
    this.#free.give(this.#capacity, pages * PAGE);
    this.#capacity += pages * PAGE;
    return true;
  }

  #refusal(bytes: number): AntlerResourceError {
    return new AntlerResourceError({
      where: 'engine memory',
      expected: `room for ${bytes} bytes more`,
      got: `${this.#used} bytes in use of at most ${this.maximumPages * PAGE}`,
      fix: 'use a smaller batch, or let go of tensors that are no longer needed',
    });
  }
}

/** Shared memory reserves its maximum at once; where that fails, half of it is asked for, and so on. */
function reserve(
  shared: boolean,
  maximumPages: number,
): { readonly memory: WebAssembly.Memory; readonly maximumPages: number } {
  const initial = Math.min(16, maximumPages);
  try {
    return { memory: new WebAssembly.Memory({ initial, maximum: maximumPages, shared }), maximumPages };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (maximumPages > 1024) return reserve(shared, maximumPages >>> 1);
    throw new AntlerResourceError(
      {
        where: 'engine memory',
        expected: `an engine that reserves ${maximumPages * PAGE} bytes`,
        got: error.message,
        fix: 'close other programs or tabs',
      },
      { cause: error },
    );
  }
}

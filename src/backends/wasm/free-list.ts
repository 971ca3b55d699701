import { invariant } from '../../util/errors.ts';

interface Range {
  address: number;
  bytes: number;
}

/** Unused address ranges, sorted, never touching each other. */
export class FreeList {
  readonly #ranges: Range[] = [];

  /** Takes `bytes` from the first range that is large enough; undefined if there is none. */
  take(bytes: number): number | undefined {
    const index = this.#ranges.findIndex((range) => range.bytes >= bytes);
    const range = this.#ranges[index];
    if (!range) return undefined;
    const address = range.address;
    if (range.bytes === bytes) this.#ranges.splice(index, 1);
    else {
      range.address += bytes;
      range.bytes -= bytes;
    }
    return address;
  }

  /** Returns a range, joining it with its neighbours. */
  give(address: number, bytes: number): void {
    const index = this.#firstAfter(address);
    const before = this.#ranges[index - 1];
    const after = this.#ranges[index];
    invariant(!before || before.address + before.bytes <= address, `memory at ${address} is freed twice`);
    invariant(!after || address + bytes <= after.address, `memory at ${address} is freed twice`);
    const joinsBefore = before !== undefined && before.address + before.bytes === address;
    const joinsAfter = after !== undefined && address + bytes === after.address;
    if (joinsBefore) {
      before.bytes += bytes + (joinsAfter ? after.bytes : 0);
      if (joinsAfter) this.#ranges.splice(index, 1);
    } else if (joinsAfter) {
      after.address = address;
      after.bytes += bytes;
    } else this.#ranges.splice(index, 0, { address, bytes });
  }

  /** Bytes of the free range that ends at `end`; 0 if there is none. */
  bytesBefore(end: number): number {
    const last = this.#ranges.at(-1);
    return last && last.address + last.bytes === end ? last.bytes : 0;
  }

  #firstAfter(address: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const range = this.#ranges[middle];
      if (range && range.address < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

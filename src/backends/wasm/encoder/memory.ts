import type { Code } from './code.ts';
import { exchanges, opcode, stores } from './families.ts';

const COPY = opcode(0xfc00a);
const FILL = opcode(0xfc00b);

/** Instructions on the memory as a whole. */
export const memory = {
  /** Copies bytes; the ranges may overlap. */
  copy: (destination: Code, source: Code, bytes: Code): Code => [destination, source, bytes, COPY, 0, 0],
  /** Sets bytes to the lowest 8 bits of `value`. */
  fill: (destination: Code, value: Code, bytes: Code): Code => [destination, value, bytes, FILL, 0],
  /** Size in pages of 64 KiB. */
  size: (): Code => [0x3f, 0],
  /** Grows by pages; the old size in pages, or -1 if refused. */
  grow: (pages: Code): Code => [pages, 0x40, 0],
};

/** Waiting and waking on shared memory. */
export const atomic = {
  /** Orders all memory accesses before it before all after it. */
  fence: (): Code => [opcode(0xfe003), 0],
  ...exchanges({
    /**
     * Sleeps while the i32 at the address is `expected`, at most `timeout` nanoseconds (i64, negative: for ever).
     * 0: woken, 1: the value was another, 2: time is up. Traps on a memory that is not shared.
     */
    wait32: [0xfe001, 4],
  }),
  ...stores({
    /** Wakes at most `count` sleepers of the address; how many it woke. */
    notify: [0xfe000, 4],
  }),
};

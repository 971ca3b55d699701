import { binary, laneAccesses, loads, stores, ternary, unary } from './families.ts';

/** Instructions on 128 bits whatever the lanes are: memory and bitwise logic. */
export const v128 = {
  ...loads({
    load: [0xfd000, 16],
    load8x8S: [0xfd001, 8],
    load8x8U: [0xfd002, 8],
    load16x4S: [0xfd003, 8],
    load16x4U: [0xfd004, 8],
    load32x2S: [0xfd005, 8],
    load32x2U: [0xfd006, 8],
    load8Splat: [0xfd007, 1],
    load16Splat: [0xfd008, 2],
    load32Splat: [0xfd009, 4],
    load64Splat: [0xfd00a, 8],
    load32Zero: [0xfd05c, 4],
    load64Zero: [0xfd05d, 8],
  }),
  ...stores({ store: [0xfd00b, 16] }),
  ...laneAccesses({
    load8Lane: [0xfd054, 1],
    load16Lane: [0xfd055, 2],
    load32Lane: [0xfd056, 4],
    load64Lane: [0xfd057, 8],
    store8Lane: [0xfd058, 1],
    store16Lane: [0xfd059, 2],
    store32Lane: [0xfd05a, 4],
    store64Lane: [0xfd05b, 8],
  }),
  ...unary({ not: 0xfd04d, anyTrue: 0xfd053 }),
  ...binary({
    and: 0xfd04e,
    /** a and not b. */
    andnot: 0xfd04f,
    or: 0xfd050,
    xor: 0xfd051,
  }),
  ...ternary({
    /** Bits of `a` where the mask `c` is set, of `b` elsewhere. */
    bitselect: 0xfd052,
  }),
};

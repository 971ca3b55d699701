import { binary, extracts, replaces, ternary, unary } from './families.ts';
import { shuffleLanes } from './shuffle.ts';
import { vectorConst } from './vector-const.ts';

/** SIMD instructions on float lanes. `relaxed...` needs the relaxed-SIMD feature. */

/** Four 32-bit floats. */
export const f32x4 = {
  const: vectorConst(4, (view, offset, lane: number) => view.setFloat32(offset, lane, true)),
  shuffle: shuffleLanes(4),
  ...unary({
    splat: 0xfd013,
    demoteF64x2Zero: 0xfd05e,
    ceil: 0xfd067,
    floor: 0xfd068,
    trunc: 0xfd069,
    nearest: 0xfd06a,
    abs: 0xfd0e0,
    neg: 0xfd0e1,
    sqrt: 0xfd0e3,
    convertI32x4S: 0xfd0fa,
    convertI32x4U: 0xfd0fb,
  }),
  ...binary({
    eq: 0xfd041,
    ne: 0xfd042,
    lt: 0xfd043,
    gt: 0xfd044,
    le: 0xfd045,
    ge: 0xfd046,
    add: 0xfd0e4,
    sub: 0xfd0e5,
    mul: 0xfd0e6,
    div: 0xfd0e7,
    min: 0xfd0e8,
    max: 0xfd0e9,
    /** b < a ? b : a. */
    pmin: 0xfd0ea,
    /** a < b ? b : a. */
    pmax: 0xfd0eb,
    relaxedMin: 0xfd10d,
    relaxedMax: 0xfd10e,
  }),
  ...ternary({
    /** a b + c, rounded once or twice. */
    relaxedMadd: 0xfd105,
    /** c - a b, rounded once or twice. */
    relaxedNmadd: 0xfd106,
  }),
  ...extracts({ extractLane: [0xfd01f, 4] }),
  ...replaces({ replaceLane: [0xfd020, 4] }),
};

/** Two 64-bit floats. */
export const f64x2 = {
  const: vectorConst(8, (view, offset, lane: number) => view.setFloat64(offset, lane, true)),
  shuffle: shuffleLanes(2),
  ...unary({
    splat: 0xfd014,
    promoteLowF32x4: 0xfd05f,
    ceil: 0xfd074,
    floor: 0xfd075,
    trunc: 0xfd07a,
    nearest: 0xfd094,
    abs: 0xfd0ec,
    neg: 0xfd0ed,
    sqrt: 0xfd0ef,
    convertLowI32x4S: 0xfd0fe,
    convertLowI32x4U: 0xfd0ff,
  }),
  ...binary({
    eq: 0xfd047,
    ne: 0xfd048,
    lt: 0xfd049,
    gt: 0xfd04a,
    le: 0xfd04b,
    ge: 0xfd04c,
    add: 0xfd0f0,
    sub: 0xfd0f1,
    mul: 0xfd0f2,
    div: 0xfd0f3,
    min: 0xfd0f4,
    max: 0xfd0f5,
    pmin: 0xfd0f6,
    pmax: 0xfd0f7,
    relaxedMin: 0xfd10f,
    relaxedMax: 0xfd110,
  }),
  ...ternary({
    /** a b + c, rounded once or twice. */
    relaxedMadd: 0xfd107,
    /** c - a b, rounded once or twice. */
    relaxedNmadd: 0xfd108,
  }),
  ...extracts({ extractLane: [0xfd021, 2] }),
  ...replaces({ replaceLane: [0xfd022, 2] }),
};

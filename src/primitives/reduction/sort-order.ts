import { type Expr, k, type Variable } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  type LoopProgram,
  loop,
  loops,
  position,
  type Statement,
  store,
} from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import type { DType } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { applicable } from '../define.ts';

const sortOrderPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'sortOrder',
  infer: ([x]) => {
    invariant(x && x.dtype !== 'bool' && x.shape.length > 0, 'sortOrder wants numbers along an axis');
    return { shape: [...x.shape.slice(0, -1), 2, at(x.shape, -1)], dtype: 'int32' };
  },
  gradient: () => [null],
  batch: (context) => sortOrder(batchedInput(context, 0)),
  reference: ([x], _attrs, output) => {
    invariant(x, 'sortOrder without input');
    const extent = at(x.shape, -1);
    const result = new Float64Array(sizeOf(output.shape));
    for (let row = 0; row * extent < x.data.length; row++) {
      const keys = x.data.subarray(row * extent, (row + 1) * extent);
      const order = Array.from(keys.keys()).sort((a, b) => compare(at(keys, a), at(keys, b)));
      order.forEach((place, rank) => {
        result[2 * row * extent + rank] = place;
        result[(2 * row + 1) * extent + place] = rank;
      });
    }
    return result;
  },
  lower: ([x], _attrs, _output) => {
    invariant(x, 'sortOrder without input');
    return lowerSort(x);
  },
};

/** Ascending with NaN last; the language's sort is stable. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

/**
 * How to sort the last axis in ascending order, equal elements staying in order and NaN last: [..., n] to int32 [..., 2, n].
 * The first row is where the elements of the sorted axis come from, the second where the given ones go.
 */
export const sortOrder = applicable(sortOrderPrimitive, (x: Node) => apply(sortOrderPrimitive, [x]));

/**
 * Merge sort from the bottom up. The two rows of the result take turns as source and target; the first pass
 * starts so that the last one ends in the first row. Then the second is free for the inverse.
 */
function lowerSort({ shape, dtype }: Aval): LoopProgram {
  const extent = at(shape, -1);
  const passes = Math.ceil(Math.log2(Math.max(1, extent)));
  const places = (row: Variable, half: number, i: Variable) =>
    position([row, i], [2 * extent, 1], half * extent);
  return {
    extent: sizeOf(shape.slice(0, -1)),
    inputs: ['rows'],
    output: 'rows',
    body: (_first, rows) =>
      loops([rows], ([row]) => {
        invariant(row, 'a row to sort');
        return [
          loop(extent, (i) => [store(1, 'int32', places(row, passes % 2, i), k.read(i))], true),
          ...Array.from({ length: passes }, (_, pass) =>
            mergePass({ row, extent, dtype, width: 2 ** pass, source: (passes - pass) % 2 }),
          ),
          loop(extent, (rank) => {
            const place = k.load(1, 'int32', places(row, 0, rank));
            return [store(1, 'int32', position([row], [2 * extent], extent, place), k.read(rank))];
          }),
        ];
      }),
  };
}

interface Pass {
  readonly row: Variable;
  readonly extent: number;
  readonly dtype: DType;
  /** Length of the runs that are sorted already. */
  readonly width: number;
  /** The half of the result that holds them. */
  readonly source: number;
}

/** Merges neighbouring runs from one half of the result into the other. */
function mergePass(pass: Pass): Statement {
  const { extent, width } = pass;
  return loop(Math.ceil(extent / (2 * width)), (block) => {
    const start = k.mul(k.read(block), k.int(2 * width));
    const within = (place: Expr) => k.min(place, k.int(extent));
    const bounds = {
      start,
      middle: accumulator('i32'),
      end: accumulator('i32'),
      left: accumulator('i32'),
      right: accumulator('i32'),
    };
    return [
      assign(bounds.middle, within(k.add(start, k.int(width)))),
      assign(bounds.end, within(k.add(start, k.int(2 * width)))),
      assign(bounds.left, start),
      assign(bounds.right, k.read(bounds.middle)),
      loop(k.sub(k.read(bounds.end), start), (i) => mergeStep(pass, bounds, i)),
    ];
  });
}

interface Runs {
  readonly start: Expr;
  readonly middle: Variable;
  readonly end: Variable;
  readonly left: Variable;
  readonly right: Variable;
}

function mergeStep({ row, extent, dtype, source }: Pass, runs: Runs, i: Variable): Statement[] {
  const takesRight = accumulator('bool');
  const chosen = accumulator('i32');
  // places behind the end of a run are read and not used
  const orderAt = (place: Variable) => {
    const safe = k.min(k.read(place), k.int(extent - 1));
    return k.load(1, 'int32', position([row], [2 * extent], source * extent, safe));
  };
  const keyAt = (order: Expr) => k.load(0, dtype, position([row], [extent], 0, order));
  const [a, b] = [orderAt(runs.left), orderAt(runs.right)];
  const leftIsEmpty = k.le(k.read(runs.middle), k.read(runs.left));
  const rightHasMore = k.lt(k.read(runs.right), k.read(runs.end));
  const comesFirst = isBefore(keyAt(b), keyAt(a));
  const target = position([row, i], [2 * extent, 1], (1 - source) * extent, runs.start);
  const advance = (place: Variable, condition: Expr) =>
    assign(place, k.add(k.read(place), k.convert('i32', condition)));
  return [
    assign(takesRight, k.and(rightHasMore, k.or(leftIsEmpty, comesFirst))),
    assign(chosen, k.select(k.read(takesRight), b, a)),
    store(1, 'int32', target, k.read(chosen)),
    advance(runs.right, k.read(takesRight)),
    advance(runs.left, k.xor(k.read(takesRight), k.constant('bool', 1))),
  ];
}

/** a < b with NaN behind all numbers. */
function isBefore(a: Expr, b: Expr): Expr {
  return k.or(k.lt(a, b), k.and(k.eq(a, a), k.ne(b, b)));
}

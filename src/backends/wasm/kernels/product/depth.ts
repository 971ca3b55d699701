import { type Code, doWhile, i32, type Local } from '../../encoder/index.ts';
import { advancePointer, type KernelFunction } from '../kernel-function.ts';

/** One loop over the depth of a product: `count` places of the left operand, `stride` bytes apart. */
export interface DepthLevel {
  readonly count: number;
  readonly stride: number;
}

/** The way along the depth of a product: nested loops for the left operand, straight on for the right one. */
export interface DepthWalk {
  /** Outermost first. */
  readonly levels: readonly DepthLevel[];
  /** Bytes from one place of the right operand to the next. */
  readonly rightStride: number;
}

/**
 * Runs `body` at every place of the depth; `left` and `right` then hold the addresses of the place, and must hold
 * those of the first place before. One place a round, because V8 moves all loads of a straight stretch of code before
 * its arithmetic: two places at a time no longer fit the registers, and spilling halves the speed.
 */
export function walkDepth(
  fn: KernelFunction,
  walk: DepthWalk,
  [left, right]: readonly [Local, Local],
  body: Code,
): Code {
  const visit = ([level, ...inner]: readonly DepthLevel[]): Code => {
    if (!level) return [body, advancePointer(right, walk.rightStride)];
    const jump = level.stride - extentOf(inner);
    return fn.with('i32', (end) => [
      end.set(i32.add(left.get, i32.const(extentOf([level])))),
      doWhile([visit(inner), advancePointer(left, jump)], i32.ltU(left.get, end.get)),
    ]);
  };
  return visit(mergeLevels(walk.levels));
}

/** Places along the whole depth. */
export function placesIn(levels: readonly DepthLevel[]): number {
  return levels.reduce((product, { count }) => product * count, 1);
}

/** Bytes by which the loops move the left pointer. */
function extentOf([outermost]: readonly DepthLevel[]): number {
  return outermost ? outermost.count * outermost.stride : 0;
}

/** The same walk in as few loops as possible. */
export function mergeLevels(levels: readonly DepthLevel[]): readonly DepthLevel[] {
  const merged: DepthLevel[] = [];
  for (const level of levels) {
    const outer = merged.at(-1);
    if (level.count === 1) continue;
    if (outer?.stride === level.count * level.stride) {
      merged[merged.length - 1] = { count: outer.count * level.count, stride: level.stride };
    } else merged.push(level);
  }
  return merged;
}

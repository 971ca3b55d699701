import { invariant } from '../../../util/errors.ts';
import { type Code, type FunctionSymbol, type Label, label } from './code.ts';
import { unary } from './families.ts';
import type { Local } from './function-builder.ts';
import { i32 } from './scalar.ts';
import { VALUE_TYPE_BYTE, type ValueType } from './value-types.ts';

/** Control flow. Branches name a `Label`; its depth is found when the module is encoded. */

const CLOSE: Code = { mark: 'close' };
const END = 0x0b;

function structured(
  opcode: number,
  target: Label | undefined,
  result: ValueType | undefined,
  body: Code,
): Code {
  const blockType = result ? VALUE_TYPE_BYTE[result] : 0x40;
  return [opcode, blockType, { mark: 'open', label: target }, body, CLOSE, END];
}

/** A branch to `target` leaves the block. With `result`, the body leaves one value. */
export function block(target: Label, body: Code, result?: ValueType): Code {
  return structured(0x02, target, result, body);
}

/** A branch to `target` starts the body again; without one the loop ends after its body. */
export function loop(target: Label, body: Code, result?: ValueType): Code {
  return structured(0x03, target, result, body);
}

/** `then` if the i32 `condition` is not zero, else `otherwise`. With `result`, both leave one value. */
export function ifElse(condition: Code, then: Code, otherwise?: Code, result?: ValueType): Code {
  const branches: Code = otherwise === undefined ? then : [then, 0x05, otherwise];
  return [condition, structured(0x04, undefined, result, branches)];
}

/** Jump to a label around it. */
export function br(target: Label): Code {
  return [0x0c, { mark: 'branch', label: target }];
}

/** Jump to a label around it if the i32 `condition` is not zero. */
export function brIf(target: Label, condition: Code): Code {
  return [condition, 0x0d, { mark: 'branch', label: target }];
}

/** Call of a function of the same module, declared before or after, or of an import. */
export function call(target: FunctionSymbol, ...args: readonly Code[]): Code {
  const wanted = target.parameterTypes.length;
  invariant(args.length === wanted, `${target.name} takes ${wanted} arguments, got ${args.length}`);
  return [args, 0x10, { mark: 'function', symbol: target }];
}

/** `a` if the i32 `condition` is not zero, else `b`; both are evaluated. */
export function select(a: Code, b: Code, condition: Code): Code {
  return [a, b, condition, 0x1b];
}

/** Throws a value away. */
export const { drop } = unary({ drop: 0x1a });

/** Leaves the function with the values given. */
export function returnValue(...values: readonly Code[]): Code {
  return [values, 0x0f];
}

/** Traps. */
export const unreachable: Code = 0x00;

/** Does nothing. */
export const nop: Code = 0x01;

/** How a counter is compared with its end: addresses can pass 2^31 and need 'unsigned'. */
export type CounterOrder = 'signed' | 'unsigned';

/**
 * `for (counter = start; counter < end; counter += step) body`; `end` is evaluated before each test, so it should be a
 * constant or a local. After the loop the counter is the first value that is not below `end`, or `start`.
 */
export function forRange(
  counter: Local,
  start: Code,
  end: Code,
  step: number,
  body: Code,
  order: CounterOrder = 'signed',
): Code {
  const done = label('done');
  const isEmpty = (order === 'signed' ? i32.geS : i32.geU)(counter.tee(start), end);
  return block(done, [brIf(done, isEmpty), countUp(counter, end, step, body, order)]);
}

/** Like `forRange`, but the body runs at least once: the test stands only at the bottom. */
export function repeat(
  counter: Local,
  start: Code,
  end: Code,
  step: number,
  body: Code,
  order: CounterOrder = 'signed',
): Code {
  return [counter.set(start), countUp(counter, end, step, body, order)];
}

function countUp(counter: Local, end: Code, step: number, body: Code, order: CounterOrder): Code {
  invariant(Number.isInteger(step) && step > 0, `loop step ${step}`);
  const again = label('again');
  const isBelow = order === 'signed' ? i32.ltS : i32.ltU;
  const next = counter.tee(i32.add(counter.get, i32.const(step)));
  return loop(again, [body, brIf(again, isBelow(next, end))]);
}

/** Runs the body while the i32 `condition` is not zero, testing before each round. */
export function whileLoop(condition: Code, body: Code): Code {
  const again = label('again');
  return loop(again, ifElse(condition, [body, br(again)]));
}

/** Runs the body, then again as long as the i32 `condition` is not zero. */
export function doWhile(body: Code, condition: Code): Code {
  const again = label('again');
  return loop(again, [body, brIf(again, condition)]);
}

import { exactJson } from '../../../graph/graph.ts';
import { at, invariant } from '../../../util/errors.ts';
import {
  type Code,
  doWhile,
  type FunctionBuilder,
  f32x4,
  i32,
  ifElse,
  type Local,
  type ModuleBuilder,
  type ValueType,
} from '../encoder/index.ts';
import type { EmitOptions, KernelStep } from './kernel.ts';

/** The function of a step while it is written: its parameters, and locals that are lent and taken back. */
export class KernelFunction {
  readonly builder: FunctionBuilder;
  readonly options: EmitOptions;
  /** First row of the call. */
  readonly first: Local;
  /** Rows of the call. */
  readonly rows: Local;
  readonly pointers: readonly Local[];
  readonly #free = new Map<ValueType, Local[]>();

  constructor(
    module: ModuleBuilder,
    options: EmitOptions,
    step: Pick<KernelStep, 'name' | 'operands' | 'workspaceBytes'>,
  ) {
    const pointers = step.operands.length + (step.workspaceBytes === undefined ? 0 : 1);
    const params = new Array<ValueType>(2 + pointers).fill('i32');
    this.builder = module.function({ name: step.name, params });
    this.options = options;
    const [first, rows, ...rest] = this.builder.params;
    invariant(first && rows, 'a kernel without rows');
    this.first = first;
    this.rows = rows;
    this.pointers = rest;
  }

  /** Pointer of an operand. */
  pointer(index: number): Local {
    const pointer = this.pointers[index];
    invariant(pointer, `kernel ${this.builder.name} has no pointer ${index}`);
    return pointer;
  }

  /** Private memory of the call, if the step asked for it. */
  get workspace(): Local {
    return this.pointer(this.pointers.length - 1);
  }

  /**
   * Runs `use` with a local of its own, which later code may get again: code that needs locals must be made where it
   * stands, inside the `use` of the code around it. What the local holds at first is left over.
   */
  with<T>(type: ValueType, use: (local: Local) => T): T {
    return this.withMany(type, 1, ([local]) => {
      invariant(local, 'a local');
      return use(local);
    });
  }

  /** Runs `use` with several locals of its own. */
  withMany<T>(type: ValueType, count: number, use: (locals: readonly Local[]) => T): T {
    const free = this.#free.get(type) ?? [];
    this.#free.set(type, free);
    const lent = Array.from({ length: count }, () => free.pop() ?? this.builder.local(type));
    const result = use(lent);
    free.push(...lent.reverse());
    return result;
  }

  /** a * b + c in each lane, rounded once or twice. */
  multiplyAdd(a: Code, b: Code, c: Code): Code {
    return this.options.relaxedSimd ? f32x4.relaxedMadd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
  }

  /**
   * A loop whose pointers advance by fixed steps each round: `count` rounds, known now or only when the kernel runs.
   * The body gets one local per walk.
   */
  walk(count: number | Code, walks: readonly Walk[], body: (...pointers: readonly Local[]) => Code): Code {
    if (count === 0) return [];
    return this.withMany('i32', walks.length, (pointers) => {
      const start = walks.map((walk, i) => at(pointers, i).set(walk.start));
      if (count === 1) return [start, body(...pointers)];
      return [start, this.#rounds(count, walks, pointers, body)];
    });
  }

  /** The body so many times, `count` known only when the kernel runs. */
  times(count: Code, body: () => Code): Code {
    return this.with('i32', (left) => {
      const round = doWhile([body(), left.set(i32.sub(left.get, i32.const(1)))], left.get);
      return [left.set(count), ifElse(left.get, round)];
    });
  }

  #rounds(
    count: number | Code,
    walks: readonly Walk[],
    pointers: readonly Local[],
    body: (...pointers: readonly Local[]) => Code,
  ): Code {
    const [pointer, step] = [at(pointers, 0), at(walks, 0).step];
    const advance = walks.map((walk, i) => advancePointer(at(pointers, i), walk.step));
    return this.with('i32', (end) => {
      const again = i32.ltU(pointer.get, end.get);
      const rounds = doWhile([body(...pointers), advance], again);
      const extent = typeof count === 'number' ? i32.const(count * step) : i32.mul(count, i32.const(step));
      const setEnd = end.set(i32.add(pointer.get, extent));
      return typeof count === 'number' ? [setEnd, rounds] : [setEnd, ifElse(again, rounds)];
    });
  }
}

/** A step whose code follows from `plan`, plain data that tells it from all others of its name. */
export function stepOf(
  step: Omit<KernelStep, 'key' | 'emit'>,
  plan: unknown,
  write: (fn: KernelFunction) => Code,
): KernelStep {
  return {
    ...step,
    key: `${step.name} ${exactJson(plan)}`,
    emit: (module, options) => {
      const fn = new KernelFunction(module, options, step);
      fn.builder.emit(write(fn));
      return fn.builder;
    },
  };
}

/** A pointer of a loop: its first value and what each round adds. The first walk of a loop must move upwards. */
export interface Walk {
  readonly start: Code;
  readonly step: number;
}

/** Adds a constant to a pointer. */
export function advancePointer(pointer: Local, bytes: number): Code {
  return bytes === 0 ? [] : pointer.set(offsetBy(pointer.get, bytes));
}

/** An address some bytes further on. */
export function offsetBy(address: Code, bytes: number): Code {
  return bytes === 0 ? address : i32.add(address, i32.const(bytes));
}

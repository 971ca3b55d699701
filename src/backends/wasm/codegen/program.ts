import type { Plan } from '../../../compiler/compile.ts';
import { byteSize } from '../../../compiler/memory/places.ts';
import { regionsOf } from '../../../compiler/memory/uses.ts';
import type { Block, Phase, Region } from '../../../compiler/schedule/chunks/phases.ts';
import type { Buffer, Counter, Kernel, Operand } from '../../../compiler/schedule/kernel.ts';
import { k, type Variable } from '../../../graph/kernel/expr.ts';
import { statementsKey } from '../../../graph/kernel/key.ts';
import type { Statement } from '../../../graph/kernel/loops.ts';
import { at, invariant, lookup } from '../../../util/errors.ts';
import {
  br,
  type Code,
  call,
  type FunctionBuilder,
  forRange,
  i32,
  ifElse,
  type Local,
  label,
  loop,
  ModuleBuilder,
  select,
} from '../encoder/index.ts';
import type { KernelStep } from '../kernels/kernel.ts';
import { emitBarrier } from '../threads/barrier.ts';
import { Emitter, type EmitterOptions, SCALAR } from './emitter.ts';
import { emitStatements } from './statements.ts';

export interface ProgramOptions extends EmitterOptions {
  /** Address of the thread pool's control block. */
  readonly controlAddress: number;
  readonly shared: boolean;
  readonly maximumPages: number;
  /** Calls the import `env.mark(number)` behind every kernel, and before the first of each chunk; default false. */
  readonly isTimed?: boolean;
}

/** Words of the argument block: a pointer for every input and output, then the two scratch memories. */
export function argumentWords(plan: Plan): number {
  return plan.inputs.length + plan.outputs.length + 2;
}

/**
 * One module for a whole plan. It exports `run(thread, threads, args)`, which every thread calls;
 * each phase ends with a barrier.
 */
export function emitProgram(plan: Plan, options: ProgramOptions): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({
    memory: { minimum: 1, maximum: options.maximumPages, shared: options.shared },
  });
  const program = new ProgramEmitter(module, plan, options, markers(module, plan, options));
  const run = module.function({ name: 'run', params: ['i32', 'i32', 'i32'], export: true });
  run.emit(program.phases(run, plan.phases, []));
  return module.encode();
}

/** Code that marks the end of a kernel; without one, of what comes between kernels. */
type Mark = (kernel?: Kernel) => Code;

/** Kernels have the numbers of `regionsOf`; what comes between them the next. */
function markers(module: ModuleBuilder, plan: Plan, { isTimed = false }: ProgramOptions): Mark {
  if (!isTimed) return () => [];
  const mark = module.importFunction('env', 'mark', ['i32']);
  const kernels = regionsOf(plan.phases).flatMap((region) => region.kernels);
  const numbers = new Map(kernels.map((kernel, number) => [kernel, number]));
  return (kernel) => call(mark, i32.const(kernel ? lookup(numbers, kernel) : kernels.length));
}

type RunFunction = FunctionBuilder<readonly ['i32', 'i32', 'i32']>;

/** A loop around the code, and the local that says which element of its sequences is at hand. */
interface Around {
  readonly counter: Counter;
  readonly place: Local;
}

/** What a region's code has at hand while it calls kernels for one chunk. */
interface ChunkLocals {
  readonly args: Code;
  readonly first: Local;
  readonly rows: Local;
  readonly chunk: Local;
  readonly shared: Code;
  readonly local: Local;
  readonly around: readonly Around[];
}

class ProgramEmitter {
  readonly #module: ModuleBuilder;
  readonly #plan: Plan;
  readonly #options: ProgramOptions;
  readonly #mark: Mark;
  readonly #barrier: FunctionBuilder;
  readonly #functions = new Map<string, FunctionBuilder>();

  constructor(module: ModuleBuilder, plan: Plan, options: ProgramOptions, mark: Mark) {
    this.#mark = mark;
    this.#module = module;
    this.#plan = plan;
    this.#options = options;
    this.#barrier = emitBarrier(module, options.controlAddress);
  }

  /** Code of phases inside `run`: each calls its regions, waits for all threads, and goes through its blocks. */
  phases(run: RunFunction, phases: readonly Phase[], around: readonly Around[]): Code {
    const [thread, threads, args] = run.params;
    const places = around.map(({ place }) => place.get);
    return phases.map(({ regions, blocks }) => {
      const calls = regions.map((region, place) =>
        call(this.#region(region, place, around), thread.get, threads.get, args.get, ...places),
      );
      const wait = regions.length > 0 ? [call(this.#barrier, threads.get)] : [];
      return [...calls, ...wait, ...blocks.map((block) => this.#block(run, block, around))];
    });
  }

  #block(run: RunFunction, block: Block, around: readonly Around[]): Code {
    const isTrue = (buffer: Buffer) =>
      i32.load8U(this.#address(buffer, run.params[2].get, this.#sharedBase(run.params[2].get), around));
    // behind a block its condition may be overwritten, so that nobody goes on before all have read it
    const wait = call(this.#barrier, run.params[1].get);
    if (block.kind === 'branch') {
      const [first = [], second = []] = block.branches.map((phases) => this.phases(run, phases, around));
      return [ifElse(isTrue(block.condition), first, second), wait];
    }
    const { counter, condition } = block;
    const place = run.local('i32', 'place');
    const body = this.phases(run, block.phases, [...around, { counter, place }]);
    if (condition) {
      const again = label('again');
      const test = this.phases(run, condition.phases, around);
      return [loop(again, [test, ifElse(isTrue(condition.result), [body, br(again)])]), wait];
    }
    const step = run.local('i32', 'step');
    const steps = counter.steps ?? 0;
    const element = counter.reverse ? i32.sub(i32.const(steps - 1), step.get) : step.get;
    return forRange(step, i32.const(0), i32.const(steps), 1, [place.set(element), body]);
  }

  /** Address of the memory that all threads share, which stands in the argument block behind the externals. */
  #sharedBase(args: Code): Code {
    return i32.load(args, 4 * (this.#plan.inputs.length + this.#plan.outputs.length));
  }

  /** A function (thread, threads, args, place in each loop around) that does a thread's share of a region. `turn` spreads small regions over threads. */
  #region(region: Region, turn: number, outer: readonly Around[]): FunctionBuilder {
    const params = ['i32', 'i32', 'i32', ...outer.map(() => 'i32' as const)] as const;
    const f = this.#module.function({ name: `region ${region.extent}`, params });
    const [thread, threads, args, ...places] = f.params;
    invariant(thread && threads && args, 'a region knows its thread');
    const sharedBase = f.local('i32', 'shared');
    const locals: ChunkLocals = {
      args: args.get,
      first: f.local('i32', 'first'),
      rows: f.local('i32', 'rows'),
      chunk: f.local('i32', 'chunk'),
      shared: sharedBase.get,
      local: f.local('i32', 'local'),
      around: outer.map(({ counter }, i) => ({ counter, place: at(places, i) })),
    };
    const localBase = i32.load(args.get, 4 * (argumentWords(this.#plan) - 1));
    f.emit(
      sharedBase.set(this.#sharedBase(args.get)),
      locals.local.set(i32.add(localBase, i32.mul(thread.get, i32.const(this.#plan.places.localBytes)))),
    );
    const calls = [
      this.#mark(),
      ...region.kernels.map((kernel) => [this.#call(kernel, region, locals), this.#mark(kernel)]),
    ];
    if (region.chunks <= 1) {
      const mine = i32.eq(i32.remU(i32.const(turn), threads.get), thread.get);
      f.emit(ifElse(mine, [locals.rows.set(i32.const(region.extent)), calls]));
      return f;
    }
    const share = (index: Code) => i32.divU(i32.mul(index, i32.const(region.chunks)), threads.get);
    const end = f.local('i32', 'end');
    f.emit(
      end.set(share(i32.add(thread.get, i32.const(1)))),
      forRange(locals.chunk, share(thread.get), end.get, 1, [
        locals.first.set(i32.mul(locals.chunk.get, i32.const(region.rowsPerChunk))),
        locals.rows.set(rowsOf(region, locals.first)),
        calls,
      ]),
    );
    return f;
  }

  #call(kernel: Kernel, region: Region, locals: ChunkLocals): Code {
    const pointers = kernel.operands.map((operand) => this.#pointer(operand, region, locals));
    const offset = this.#plan.places.workspaceOffset(kernel);
    const workspace = kernel.workspaceBytes ? [i32.add(locals.local.get, i32.const(offset))] : [];
    return call(this.#function(kernel), locals.first.get, locals.rows.get, ...pointers, ...workspace);
  }

  #pointer({ buffer, access }: Operand, { extent, chunks }: Region, locals: ChunkLocals): Code {
    const { args, first, chunk, shared, local, around } = locals;
    const place = this.#plan.places.of(buffer);
    if (place.kind === 'local') return i32.add(local.get, i32.const(place.offset));
    const base = this.#address(buffer, args, shared, around);
    if (access === 'rows')
      return i32.add(base, i32.mul(first.get, i32.const(byteSize(buffer) / Math.max(1, extent))));
    if (access === 'partial') return i32.add(base, i32.mul(chunk.get, i32.const(byteSize(buffer) / chunks)));
    return base;
  }

  /** Where a buffer starts that all threads see; a slice starts at its element of the sequence. */
  #address(buffer: Buffer, args: Code, shared: Code, around: readonly Around[]): Code {
    const { slice } = buffer;
    if (slice) {
      const place = around.find(({ counter }) => counter === slice.counter)?.place;
      invariant(place, 'a slice inside its loop');
      return i32.add(
        this.#address(slice.of, args, shared, around),
        i32.mul(place.get, i32.const(byteSize(buffer))),
      );
    }
    const place = this.#plan.places.of(buffer);
    invariant(place.kind !== 'local', 'memory that all threads see');
    return place.kind === 'external'
      ? i32.load(args, 4 * place.index)
      : i32.add(shared, i32.const(place.offset));
  }

  /** The function of a kernel. Kernels of equal code share it: a network repeats its layers. */
  #function(kernel: Kernel): FunctionBuilder {
    const { name, operands, body } = kernel;
    if (body.kind === 'native') {
      return this.#shared(body.key, () => (body.code as KernelStep).emit(this.#module, this.#options));
    }
    const first: Variable = { name: 'first', register: 'i32' };
    const rows: Variable = { name: 'rows', register: 'i32' };
    const statements = body.statements(k.read(first), k.read(rows));
    const key = `${name} ${operands.length} ${statementsKey(statements, [first, rows])}`;
    return this.#shared(key, () => this.#loops(kernel, statements, first, rows));
  }

  #shared(key: string, emit: () => FunctionBuilder): FunctionBuilder {
    const emitted = this.#functions.get(key) ?? emit();
    this.#functions.set(key, emitted);
    return emitted;
  }

  #loops(
    { name, operands }: Kernel,
    statements: readonly Statement[],
    firstVariable: Variable,
    rowsVariable: Variable,
  ): FunctionBuilder {
    const params = ['i32', 'i32', ...operands.map(() => 'i32' as const)] as const;
    const f = this.#module.function({ name, params });
    const [first, rows, ...pointers] = f.params;
    invariant(first && rows, 'a kernel has rows');
    const emitter = new Emitter(
      f,
      pointers.map(({ get }) => get),
      this.#options,
    );
    emitter.bind(firstVariable, first);
    emitter.bind(rowsVariable, rows);
    f.emit(...emitStatements(emitter, statements, { ...SCALAR, held: new Map() }));
    return f;
  }
}

function rowsOf({ extent, rowsPerChunk }: Region, first: Local): Code {
  if (extent % rowsPerChunk === 0) return i32.const(rowsPerChunk);
  const left = i32.sub(i32.const(extent), first.get);
  return select(left, i32.const(rowsPerChunk), i32.ltS(left, i32.const(rowsPerChunk)));
}

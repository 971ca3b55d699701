import type { Plan } from '../../../compiler/compile.ts';
import type { Place } from '../../../compiler/memory/places.ts';
import { byteSize } from '../../../compiler/memory/places.ts';
import type { Kernel, LoopBody, Operand } from '../../../compiler/schedule/kernel.ts';
import type { Region } from '../../../compiler/schedule/phases.ts';
import { k, type Variable } from '../../../graph/kernel/expr.ts';
import { invariant } from '../../../util/errors.ts';
import { type Code, call, forRange, type FunctionBuilder, i32, ifElse, type Local, ModuleBuilder, select } from '../encoder/index.ts';
import type { KernelStep } from '../kernels/kernel.ts';
import { emitBarrier } from '../threads/barrier.ts';
import { Emitter, type EmitterOptions, SCALAR } from './emitter.ts';
import { emitStatements } from './statements.ts';

export interface ProgramOptions extends EmitterOptions {
  /** Address of the thread pool's control block. */
  readonly controlAddress: number;
  readonly shared: boolean;
  readonly maximumPages: number;
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
  const module = new ModuleBuilder({ memory: { minimum: 1, maximum: options.maximumPages, shared: options.shared } });
  const barrier = emitBarrier(module, options.controlAddress);
  const program = new ProgramEmitter(module, plan, options);
  const run = module.function({ name: 'run', params: ['i32', 'i32', 'i32'], export: true });
  const [thread, threads, args] = run.params;
  for (const { regions } of plan.phases) {
    regions.forEach((region, place) => {
      run.emit(call(program.region(region, place), thread.get, threads.get, args.get));
    });
    run.emit(call(barrier, threads.get));
  }
  return module.encode();
}

/** What a region's code has at hand while it calls kernels for one chunk. */
interface ChunkLocals {
  readonly args: Code;
  readonly first: Local;
  readonly rows: Local;
  readonly chunk: Local;
  readonly shared: Local;
  readonly local: Local;
}

class ProgramEmitter {
  readonly #module: ModuleBuilder;
  readonly #plan: Plan;
  readonly #options: ProgramOptions;
  readonly #native = new Map<string, FunctionBuilder>();

  constructor(module: ModuleBuilder, plan: Plan, options: ProgramOptions) {
    this.#module = module;
    this.#plan = plan;
    this.#options = options;
  }

  /** A function (thread, threads, args) that does a thread's share of a region. `place` spreads small regions over threads. */
  region(region: Region, place: number): FunctionBuilder {
    const f = this.#module.function({ name: `region ${region.extent}`, params: ['i32', 'i32', 'i32'] });
    const [thread, threads, args] = f.params;
    const locals: ChunkLocals = {
      args: args.get,
      first: f.local('i32', 'first'),
      rows: f.local('i32', 'rows'),
      chunk: f.local('i32', 'chunk'),
      shared: f.local('i32', 'shared'),
      local: f.local('i32', 'local'),
    };
    const word = (index: number) => i32.load(args.get, 4 * index);
    const externals = this.#plan.inputs.length + this.#plan.outputs.length;
    const end = f.local('i32', 'end');
    f.emit(
      locals.shared.set(word(externals)),
      locals.local.set(i32.add(word(externals + 1), i32.mul(thread.get, i32.const(this.#plan.places.localBytes)))),
    );
    const calls = region.kernels.map((kernel) => this.#call(kernel, region, locals));
    if (region.chunks <= 1) {
      const mine = i32.eq(i32.remU(i32.const(place), threads.get), thread.get);
      f.emit(ifElse(mine, [locals.rows.set(i32.const(region.extent)), calls]));
      return f;
    }
    const share = (index: Code) => i32.divU(i32.mul(index, i32.const(region.chunks)), threads.get);
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

  #pointer({ buffer, access }: Operand, { extent, chunks }: Region, { args, first, chunk, shared, local }: ChunkLocals): Code {
    const place = this.#plan.places.of(buffer);
    if (place.kind === 'local') return i32.add(local.get, i32.const(place.offset));
    const base = externalOrShared(place, args, shared);
    if (access === 'rows') return i32.add(base, i32.mul(first.get, i32.const(byteSize(buffer) / Math.max(1, extent))));
    if (access === 'partial') return i32.add(base, i32.mul(chunk.get, i32.const(byteSize(buffer) / chunks)));
    return base;
  }

  #function(kernel: Kernel): FunctionBuilder {
    const { body } = kernel;
    if (body.kind === 'loops') return this.#loops(kernel, body);
    const known = this.#native.get(body.key);
    if (known) return known;
    const emitted = (body.code as KernelStep).emit(this.#module, this.#options);
    this.#native.set(body.key, emitted);
    return emitted;
  }

  #loops(kernel: Kernel, body: LoopBody): FunctionBuilder {
    const params = ['i32', 'i32', ...kernel.operands.map(() => 'i32' as const)] as const;
    const f = this.#module.function({ name: kernel.name, params });
    const [first, rows, ...pointers] = f.params;
    invariant(first && rows, 'a kernel has rows');
    const emitter = new Emitter(f, pointers.map(({ get }) => get), this.#options);
    const firstVariable: Variable = { name: 'first', register: 'i32' };
    const rowsVariable: Variable = { name: 'rows', register: 'i32' };
    emitter.bind(firstVariable, first);
    emitter.bind(rowsVariable, rows);
    const statements = body.statements(k.read(firstVariable), k.read(rowsVariable));
    f.emit(...emitStatements(emitter, statements, { ...SCALAR, held: new Map() }));
    return f;
  }
}

function externalOrShared(place: Exclude<Place, { kind: 'local' }>, args: Code, shared: Local): Code {
  if (place.kind === 'external') return i32.load(args, 4 * place.index);
  return i32.add(shared.get, i32.const(place.offset));
}

function rowsOf({ extent, rowsPerChunk }: Region, first: Local): Code {
  if (extent % rowsPerChunk === 0) return i32.const(rowsPerChunk);
  const left = i32.sub(i32.const(extent), first.get);
  return select(left, i32.const(rowsPerChunk), i32.ltS(left, i32.const(rowsPerChunk)));
}

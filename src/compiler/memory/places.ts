import { bytesPerElement } from '../../util/dtypes.ts';
import { at, lookup } from '../../util/errors.ts';
import type { Phase, Region } from '../schedule/chunks/phases.ts';
import type { Buffer, Kernel } from '../schedule/kernel.ts';
import { type Lifetime, paddedBytes, planMemory } from './plan.ts';
import { collectUses, regionsOf, type Use } from './uses.ts';

/** Where a buffer lies. */
export type Place =
  /** An input or output of the program, by its number among all of them: inputs first. */
  | { readonly kind: 'external'; readonly index: number }
  /** In the scratch memory that all threads share. */
  | { readonly kind: 'shared'; readonly offset: number }
  /** In each thread's own scratch memory, which holds one chunk of its rows. */
  | { readonly kind: 'local'; readonly offset: number };

/** A value, or the workspace of a kernel, in scratch memory. Times are those of its arena. */
export interface PlacedValue extends Lifetime {
  readonly name: string;
  readonly kind: 'shared' | 'local' | 'workspace';
  readonly offset: number;
}

/** One stretch of scratch memory, and who lies where and when. */
export interface Arena {
  readonly values: readonly PlacedValue[];
  readonly totalBytes: number;
}

export interface Places {
  of(buffer: Buffer): Place;
  /** Workspace of a kernel's calls, in the thread's own memory. */
  workspaceOffset(kernel: Kernel): number;
  readonly sharedBytes: number;
  readonly localBytes: number;
  /** What all threads share; times are phases, those inside loops included. */
  readonly shared: Arena;
  /** A thread's own memory in each region, in the order of `regionsOf`; times are the region's kernels. */
  readonly locals: readonly Arena[];
  /** For each output, the input whose memory it takes over, or undefined. */
  readonly inPlace: readonly (number | undefined)[];
}

export interface Externals {
  readonly inputs: readonly Buffer[];
  readonly outputs: readonly Buffer[];
  /** For each input the output that may overwrite it, or null. */
  readonly donated: readonly (number | null)[];
}

/** Decides where every buffer of a program lies. */
export function placeBuffers(phases: readonly Phase[], externals: Externals): Places {
  const places = new Map<Buffer, Place>();
  [...externals.inputs, ...externals.outputs].forEach((buffer, index) => {
    places.set(buffer, { kind: 'external', index });
  });
  const workspace = new Map<Kernel, number>();
  const uses = collectUses(phases);
  const locals = regionsOf(phases).map((region) => placeLocals(region, uses, places, workspace));
  const shared = [...uses.keys()].filter((buffer) => !places.has(buffer));
  const arena = placeValues(
    shared.map((buffer) => {
      const { first, last } = lookup(uses, buffer);
      return { name: buffer.name, kind: 'shared', bytes: byteSize(buffer), from: first, to: last };
    }),
  );
  shared.forEach((buffer, i) => {
    places.set(buffer, { kind: 'shared', offset: at(arena.values, i).offset });
  });
  return {
    of: (buffer) => lookup(places, buffer.slice?.of ?? buffer),
    workspaceOffset: (kernel) => workspace.get(kernel) ?? 0,
    sharedBytes: arena.totalBytes,
    localBytes: Math.max(0, ...locals.map(({ totalBytes }) => paddedBytes(totalBytes))),
    shared: arena,
    locals,
    inPlace: externals.outputs.map((_, output) => inPlaceInput(output, externals, uses)),
  };
}

export function byteSize(buffer: Buffer): number {
  return buffer.size * bytesPerElement(buffer.dtype);
}

function placeValues(values: readonly Omit<PlacedValue, 'offset'>[]): Arena {
  const { offsets, totalBytes } = planMemory(values);
  return { values: values.map((value, i) => ({ ...value, offset: at(offsets, i) })), totalBytes };
}

/** Buffers that live within one region exist for one chunk at a time, in the thread's own memory. */
function placeLocals(
  region: Region,
  uses: ReadonlyMap<Buffer, Use>,
  places: Map<Buffer, Place>,
  workspace: Map<Kernel, number>,
): Arena {
  const touched = new Map<Buffer, { from: number; to: number }>();
  region.kernels.forEach(({ operands }, time) => {
    for (const { buffer } of operands.filter((operand) => !operand.buffer.slice))
      touched.set(buffer, { from: touched.get(buffer)?.from ?? time, to: time });
  });
  const local = [...touched].filter(([buffer]) => {
    const use = uses.get(buffer);
    return !places.has(buffer) && use?.onlyRows && !use.lasts && use.regions.size === 1;
  });
  const withWorkspace = region.kernels.flatMap((kernel, time) =>
    kernel.workspaceBytes ? [{ kernel, time }] : [],
  );
  const arena = placeValues([
    ...local.map(([buffer, span]) => ({
      name: buffer.name,
      kind: 'local' as const,
      bytes: (byteSize(buffer) / Math.max(1, region.extent)) * region.rowsPerChunk,
      ...span,
    })),
    ...withWorkspace.map(({ kernel, time }) => ({
      name: kernel.name,
      kind: 'workspace' as const,
      bytes: kernel.workspaceBytes ?? 0,
      from: time,
      to: time,
    })),
  ]);
  local.forEach(([buffer], i) => {
    places.set(buffer, { kind: 'local', offset: at(arena.values, i).offset });
  });
  withWorkspace.forEach(({ kernel }, i) => {
    workspace.set(kernel, at(arena.values, local.length + i).offset);
  });
  return arena;
}

/** The donated input whose memory an output may take: nobody reads it any more, or only the element being replaced. */
function inPlaceInput(
  output: number,
  { inputs, outputs, donated }: Externals,
  uses: ReadonlyMap<Buffer, Use>,
): number | undefined {
  const input = donated.indexOf(output);
  const [from, to] = [inputs[input], outputs[output]];
  if (!from || !to || byteSize(from) !== byteSize(to)) return undefined;
  const [read, written] = [uses.get(from), uses.get(to)];
  // what is first written inside a block may be written again
  if (!written || !kernelsAt(written.first, written).some((kernel) => writes(kernel, to))) return undefined;
  if (!read || read.last < written.first) return input;
  const replaces = (kernel: Kernel) =>
    !touches(kernel, from) || (writes(kernel, to) && readsOnlyItsPlace(kernel, from));
  const isSafe = read.last === written.first && kernelsAt(read.last, read).every(replaces);
  return isSafe ? input : undefined;
}

/** The kernels of the regions that use a buffer at one time. */
function kernelsAt(time: number, { regions }: Use): Kernel[] {
  return [...regions].flatMap(([{ kernels }, when]) => (when === time ? kernels : []));
}

function touches({ operands }: Kernel, buffer: Buffer): boolean {
  return operands.some((operand) => (operand.buffer.slice?.of ?? operand.buffer) === buffer);
}

function writes({ operands }: Kernel, buffer: Buffer): boolean {
  return operands.some((operand) => operand.buffer === buffer && operand.mode === 'write');
}

function readsOnlyItsPlace(kernel: Kernel, buffer: Buffer): boolean {
  const byRows = kernel.operands.every((operand) => operand.buffer !== buffer || operand.access === 'rows');
  return kernel.elementwise?.includes(buffer) === true && (byRows || kernel.extent === 1);
}

import { expect } from 'vitest';
import { call, ModuleBuilder } from '../../src/backends/wasm/encoder/index.ts';
import type { Expansion, KernelStep, StepOperand } from '../../src/backends/wasm/kernels/index.ts';
import { exported, instantiate } from './run-wasm.ts';

/** How an expansion is run: the code it may use, and into how many calls each step is cut. */
export interface RunOptions {
  readonly relaxedSimd: boolean;
  readonly calls: number;
}

const PAGE_BYTES = 65_536;
/** Untouched bytes between buffers; as floats they are NaN, so that a stray read shows as well. */
const GUARD_BYTES = 128;
const GUARD = 0xff;

interface Region {
  readonly start: number;
  readonly bytes: number;
}

/**
 * Runs the steps of an expansion in one thread, each in several calls, and returns the output. Every call is watched:
 * it must write all its rows and nothing else.
 */
export function runExpansion(
  expansion: Expansion,
  inputs: readonly ArrayLike<number>[],
  outputSize: number,
  options: RunOptions,
): Float32Array {
  const layout = new Layout();
  const inputRegions = inputs.map((input) => layout.take(input.length * 4));
  const temporaries = expansion.temporaries.map(({ size }) => layout.take(size * 4));
  const output = layout.take(outputSize * 4);
  const regionOf = ({ role }: StepOperand): Region => {
    if (role.kind === 'output') return output;
    const region = (role.kind === 'input' ? inputRegions : temporaries)[role.index];
    if (!region) throw new RangeError(`no ${role.kind} ${role.index}`);
    return region;
  };
  const copies = layout.take(outputSize * 4);
  const workspace = layout.take(Math.max(0, ...expansion.steps.map((step) => step.workspaceBytes ?? 0)));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.end / PAGE_BYTES) });
  const bytes = new Uint8Array(memory.buffer).fill(GUARD);
  inputs.forEach((input, i) => {
    new Float32Array(memory.buffer, inputRegions[i]?.start, input.length).set(input);
  });
  const run = { bytes, memory, options, regionOf, output, copies, workspace };
  for (const step of expansion.steps) runStep(step, run);
  return new Float32Array(memory.buffer.slice(output.start, output.start + outputSize * 4));
}

interface Run {
  readonly bytes: Uint8Array;
  readonly memory: WebAssembly.Memory;
  readonly options: RunOptions;
  readonly output: Region;
  /** Private copy of the output for operands that are partial. */
  readonly copies: Region;
  readonly workspace: Region;
  regionOf(operand: StepOperand): Region;
}

function runStep(step: KernelStep, run: Run): void {
  const { bytes, memory, output, copies, workspace } = run;
  const kernel = compile(step, memory, run.options);
  const isPartial = step.operands.some(({ access }) => access === 'partial');
  const size = output.bytes / 4;
  const total = new Float64Array(size);
  for (const [first, rows] of cut(step.extent, run.options.calls)) {
    const places = step.operands.map((operand) =>
      operand.access === 'partial'
        ? copies
        : placeOf(operand, run.regionOf(operand), step.extent, first, rows),
    );
    const written = places.filter((_, i) => step.operands[i]?.mode === 'write');
    const scratch = { ...workspace, bytes: step.workspaceBytes ?? 0 };
    const pointers = places.map(({ start }) => start);
    if (step.workspaceBytes !== undefined) pointers.push(workspace.start);
    bytes.fill(GUARD, copies.start, copies.start + copies.bytes);
    watched(bytes, [...written, scratch], () => kernel(first, rows, ...pointers));
    new Float32Array(memory.buffer, copies.start, size).forEach((x, i) => {
      total[i] = (total[i] ?? 0) + x;
    });
  }
  if (isPartial) new Float32Array(memory.buffer, output.start, size).set(total);
}

/** Hands out aligned regions with guards between them. */
class Layout {
  end = GUARD_BYTES;

  take(bytes: number): Region {
    const start = this.end;
    this.end = Math.ceil((start + bytes + GUARD_BYTES) / 64) * 64;
    return { start, bytes };
  }
}

function compile(step: KernelStep, memory: WebAssembly.Memory, options: RunOptions) {
  const module = new ModuleBuilder({ memory: { minimum: 1 } });
  const kernel = step.emit(module, options);
  const main = module.function({ name: 'main', params: kernel.parameterTypes, export: true });
  main.emit(call(kernel, ...main.params.map((param) => param.get)));
  return exported(instantiate(module.encode(), { env: { memory } }), 'main');
}

/** The rows of a step in at most `calls` ranges of different lengths. */
function cut(extent: number, calls: number): [first: number, rows: number][] {
  const ends = Array.from({ length: calls }, (_, i) => Math.floor((extent * (i + 1) ** 2) / calls ** 2));
  return ends
    .map((end, i): [number, number] => [ends[i - 1] ?? 0, end - (ends[i - 1] ?? 0)])
    .filter(([, rows]) => rows > 0);
}

function placeOf(operand: StepOperand, region: Region, extent: number, first: number, rows: number): Region {
  if (operand.access !== 'rows') return region;
  const rowBytes = region.bytes / extent;
  expect(Number.isInteger(rowBytes / 4), 'rows of whole floats').toBe(true);
  return { start: region.start + first * rowBytes, bytes: rows * rowBytes };
}

/** Runs `use` and checks that nothing but the regions has changed. */
function watched(bytes: Uint8Array, writable: readonly Region[], use: () => void): void {
  const before = bytes.slice();
  use();
  const after = bytes.slice();
  for (const { start, bytes: length } of writable) {
    before.fill(0, start, start + length);
    after.fill(0, start, start + length);
  }
  expect(Buffer.compare(before, after), 'bytes outside the rows of the call').toBe(0);
}

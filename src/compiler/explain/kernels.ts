import type { Node } from '../../graph/node.ts';
import { at } from '../../util/errors.ts';
import type { Kernel, Operand } from '../schedule/kernel.ts';
import type { ExplainedKernel, ExplainedOperation } from './explanation.ts';
import type { NodeNumbers } from './graph.ts';
import type { PlacedKernel } from './program.ts';
import { kernelWork } from './work.ts';

/** What a kernel took in one run of the program, all its calls together. */
export interface KernelTime {
  readonly seconds: number;
  /** Calls in a run: one for each chunk of each round. */
  readonly calls: number;
}

/**
 * A kernel as data.
 * @param fused the operations in it
 * @param time undefined where nobody measured
 */
export function explainKernel(
  placed: PlacedKernel,
  fused: readonly Node[],
  numbers: NodeNumbers,
  time: KernelTime | undefined,
): ExplainedKernel {
  const { kernel, region } = placed;
  const work = kernelWork(kernel);
  const rounds = placed.rounds ?? (time ? time.calls / region.chunks : null);
  const bytes = work.bytesRead + work.bytesWritten;
  const flopsOfRun = work.flops * (rounds ?? 1);
  const named = (mode: Operand['mode']) => [
    ...new Set(
      kernel.operands
        .filter((operand) => operand.mode === mode)
        .map(({ buffer }) => numbers.rename(buffer.name)),
    ),
  ];
  return {
    name: kernel.name,
    kind: kindOf(kernel),
    scope: scopeOf(kernel, fused, numbers),
    reads: named('read'),
    writes: named('write'),
    operations: fused.map(explainOperation),
    ...resultOf(kernel),
    rows: region.extent,
    chunks: region.chunks,
    rowsPerChunk: region.rowsPerChunk,
    rounds,
    ...work,
    arithmeticIntensity: bytes === 0 ? 0 : work.flops / bytes,
    seconds: time?.seconds ?? null,
    gflops: time && time.seconds > 0 ? flopsOfRun / time.seconds / 1e9 : null,
    share: null,
  };
}

function kindOf({ body, results }: Kernel): ExplainedKernel['kind'] {
  if (body.kind === 'native') return 'tuned';
  const kind = results[0]?.primitive.kind;
  if (kind === 'reduce') return 'reduction';
  if (kind === 'loops') return 'loops';
  return kind === undefined ? 'move' : 'elementwise';
}

/** The layers of the results; where these belong to none, of what is fused into them. */
function scopeOf({ results, operands }: Kernel, fused: readonly Node[], numbers: NodeNumbers): string {
  const values =
    results.length > 0 ? results : written(operands).flatMap((name) => numbers.nodeOf(name) ?? []);
  return scopesOf(values) || scopesOf(fused);
}

function scopesOf(nodes: readonly Node[]): string {
  return [...new Set(nodes.map(({ scope }) => scope))].filter((scope) => scope !== '').join(', ');
}

function written(operands: readonly Operand[]): string[] {
  return operands.filter(({ mode }) => mode === 'write').map(({ buffer }) => buffer.name);
}

function resultOf({ results, operands }: Kernel): Pick<ExplainedKernel, 'shape' | 'dtype'> {
  const [result] = results;
  if (result) return { shape: result.shape, dtype: result.dtype };
  const { buffer } = at(
    operands.filter(({ mode }) => mode === 'write'),
    0,
  );
  return { shape: [buffer.size], dtype: buffer.dtype };
}

function explainOperation({ primitive, scope, shape, dtype }: Node): ExplainedOperation {
  return { primitive: primitive.name, scope, shape, dtype };
}

import type { Graph } from '../../graph/graph.ts';
import type { Aval, Node } from '../../graph/node.ts';
import type { LoopPrimitive, ReducePrimitive } from '../../graph/primitive.ts';
import { partIndex } from '../../primitives/control/control.ts';
import { sum } from '../../primitives/reduction/reduce.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { controlSteps } from './control/control-steps.ts';
import type { Expand, ExpansionStep, Role } from './expansion.ts';
import { type BufferOf, mapKernel } from './fusion/map-kernel.ts';
import { reduceKernel } from './fusion/reduce-kernel.ts';
import { groupNodes } from './groups.ts';
import type { Buffer, Kernel, Step } from './kernel.ts';
import { denseSource } from './routes.ts';
import { settleStored } from './stored.ts';

/** Steps in an order in which every one finds its operands written. */
export interface StepList {
  readonly steps: readonly Step[];
  /** Buffers of the graph's inputs and outputs, in order. */
  readonly inputs: readonly Buffer[];
  readonly outputs: readonly Buffer[];
}

/**
 * Cuts a graph into kernels: elementwise work is fused into the loops that need it. Outputs must be distinct, and no inputs.
 * @param given buffers of nodes that have one already
 */
export function makeSteps(
  graph: Graph,
  expand: Expand,
  given: ReadonlyMap<Node, Buffer> = new Map(),
): StepList {
  const stored = settleStored(graph);
  const buffers = new BufferTable(stored, given);
  const bufferOf: BufferOf = (node) => buffers.of(node);
  const inputs = graph.inputs.map(bufferOf);
  const steps = groupNodes(graph, stored).flatMap((group): Step[] => {
    const control = at(group, 0);
    if (control.primitive.kind !== 'control') return kernelsOf(group, stored, bufferOf, expand);
    return controlSteps(
      control,
      bufferOf,
      (index, aval) => buffers.ofPart(control, index, aval),
      (body, known) => makeSteps(body, expand, known),
    );
  });
  return { steps, inputs, outputs: graph.outputs.map(bufferOf) };
}

/** The buffer of every stored node. */
class BufferTable {
  readonly #stored: ReadonlySet<Node>;
  readonly #buffers: Map<Node, Buffer>;
  readonly #parts = new Map<string, Buffer>();

  constructor(stored: ReadonlySet<Node>, given: ReadonlyMap<Node, Buffer>) {
    this.#stored = stored;
    this.#buffers = new Map(given);
  }

  of(node: Node): Buffer {
    const source = denseSource(node, this.#stored);
    invariant(source, `${node.primitive.name} is stored`);
    const known = this.#buffers.get(source);
    if (known) return known;
    const { primitive } = source;
    const buffer =
      primitive.kind === 'part'
        ? this.ofPart(at(source.inputs, 0), partIndex(source), source)
        : { name: `${primitive.name}#${source.id}`, dtype: source.dtype, size: sizeOf(source.shape) };
    this.#buffers.set(source, buffer);
    return buffer;
  }

  /** The buffer of a control node's result, whether or not anybody uses it. */
  ofPart(control: Node, index: number, { shape, dtype }: Aval): Buffer {
    const key = `${control.id}.${index}`;
    const known = this.#parts.get(key);
    if (known) return known;
    const part = [...this.#buffers].find(
      ([node]) => node.primitive.kind === 'part' && node.inputs[0] === control && partIndex(node) === index,
    );
    const buffer = part?.[1] ?? { name: `${control.primitive.name}#${key}`, dtype, size: sizeOf(shape) };
    this.#parts.set(key, buffer);
    return buffer;
  }
}

function kernelsOf(
  group: readonly Node[],
  stored: ReadonlySet<Node>,
  bufferOf: BufferOf,
  expand: Expand,
): Kernel[] {
  const node = at(group, 0);
  const { primitive } = node;
  if (primitive.kind === 'reduce') return [reduceKernel(node, stored, bufferOf)];
  if (primitive.kind !== 'loops') return [mapKernel(group, stored, bufferOf)];
  const expansion = node.inputs.every(({ shape }) => sizeOf(shape) > 0) ? expand(node) : undefined;
  if (!expansion) return [loopKernel(node, primitive, bufferOf)];
  const temporaries = expansion.temporaries.map(
    ({ dtype, size }, i): Buffer => ({ name: `${node.primitive.name}#${node.id}.${i}`, dtype, size }),
  );
  return expansion.steps.map((step) => stepKernel(node, step, temporaries, bufferOf));
}

function loopKernel(node: Node, primitive: LoopPrimitive, bufferOf: BufferOf): Kernel {
  const program = primitive.lower(node.inputs, node.attrs, node);
  const reads = node.inputs.map((input, i) => ({
    buffer: bufferOf(input),
    access: at(program.inputs, i),
    mode: 'read' as const,
  }));
  const elements = [node, ...node.inputs].reduce((total, { shape }) => total + sizeOf(shape), 0);
  return {
    kind: 'kernel',
    name: primitive.name,
    results: [node],
    extent: program.extent,
    operands: [...reads, { buffer: bufferOf(node), access: program.output, mode: 'write' }],
    costPerRow: (8 * elements) / Math.max(1, program.extent),
    body: { kind: 'loops', statements: program.body },
  };
}

function stepKernel(
  node: Node,
  step: ExpansionStep,
  temporaries: readonly Buffer[],
  bufferOf: BufferOf,
): Kernel {
  const bufferOfRole = (role: Role): Buffer => {
    if (role.kind === 'output') return bufferOf(node);
    return role.kind === 'input' ? bufferOf(at(node.inputs, role.index)) : at(temporaries, role.index);
  };
  const operands = step.operands.map(({ role, access, mode }) => {
    const buffer = bufferOfRole(role);
    return access === 'partial'
      ? { buffer, access, mode, combine: sumPrimitive() }
      : { buffer, access, mode };
  });
  return {
    kind: 'kernel',
    name: step.name,
    results: step.operands.some(({ role }) => role.kind === 'output') ? [node] : [],
    extent: step.extent,
    operands,
    costPerRow: step.costPerRow,
    ...(step.workspaceBytes ? { workspaceBytes: step.workspaceBytes } : {}),
    body: { kind: 'native', key: step.key, code: step },
  };
}

function sumPrimitive(): ReducePrimitive {
  const { primitive } = sum;
  invariant(primitive.kind === 'reduce', 'sum is a reduction');
  return primitive;
}

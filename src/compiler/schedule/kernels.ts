import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import { isContiguous } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import type { LoopPrimitive, ReducePrimitive } from '../../graph/primitive.ts';
import { sum } from '../../primitives/reduce.ts';
import { at, invariant } from '../../util/errors.ts';
import { sameShape, sizeOf } from '../../util/shapes.ts';
import type { Expand, ExpansionStep, Role } from './expansion.ts';
import { Expressions, type Load } from './expressions.ts';
import type { Buffer, Kernel } from './kernel.ts';
import { type BufferOf, mapKernel } from './map-kernel.ts';
import { reduceKernel } from './reduce-kernel.ts';
import { chooseStored, denseSource } from './roots.ts';

/** Kernels in an order in which every one finds its operands written. */
export interface KernelList {
  readonly kernels: readonly Kernel[];
  /** Buffers of the graph's inputs and outputs, in order. */
  readonly inputs: readonly Buffer[];
  readonly outputs: readonly Buffer[];
}

/** Cuts a graph into kernels: elementwise work is fused into the loops that need it. Outputs must be distinct, and no inputs. */
export function makeKernels(graph: Graph, expand: Expand): KernelList {
  const stored = settleStored(graph);
  const buffers = new Map<Node, Buffer>();
  const bufferOf: BufferOf = (node) => {
    const source = denseSource(node, stored);
    invariant(source, `${node.primitive.name} is stored`);
    let buffer = buffers.get(source);
    if (!buffer) {
      buffer = { name: `${source.primitive.name}${source.id}`, dtype: source.dtype, size: sizeOf(source.shape) };
      buffers.set(source, buffer);
    }
    return buffer;
  };
  const inputs = graph.inputs.map(bufferOf);
  const kernels = groupNodes(graph, stored).flatMap((group) => kernelsOf(group, stored, bufferOf, expand));
  return { kernels, inputs, outputs: graph.outputs.map(bufferOf) };
}

/** Adds to the stored nodes until every expression can reach what it reads. */
function settleStored(graph: Graph): Set<Node> {
  const stored = chooseStored(graph);
  const inputs = new Set(graph.inputs);
  for (;;) {
    const unstored = new Set<Node>();
    const none = new Set<Node>();
    for (const node of stored) {
      if (inputs.has(node)) continue;
      const { kind } = node.primitive;
      if (kind === 'map' || kind === 'view' || kind === 'leaf') new Expressions(stored, new Set([node])).loads(node, unstored);
      if (kind === 'reduce') new Expressions(stored, none).loads(at(node.inputs, 0), unstored);
    }
    if (unstored.size === 0) return stored;
    for (const node of unstored) stored.add(node);
  }
}

/** Stored nodes in topological order; elementwise ones of equal shape that share operands stand together. */
function groupNodes(graph: Graph, stored: ReadonlySet<Node>): Node[][] {
  const inputs = new Set(graph.inputs);
  const groups: Node[][] = [];
  const groupOf = new Map<Node, number>();
  for (const node of topologicalOrder(graph.outputs, (n) => inputs.has(n))) {
    if (!stored.has(node) || inputs.has(node) || (node.primitive.kind === 'leaf' && !graph.outputs.includes(node))) continue;
    const joined = isElementwise(node) ? findGroup(node, groups, groupOf, stored) : undefined;
    const index = joined ?? groups.push([]) - 1;
    at(groups, index).push(node);
    groupOf.set(node, index);
  }
  return groups;
}

function isElementwise(node: Node): boolean {
  return node.primitive.kind === 'map' || node.primitive.kind === 'view' || node.primitive.kind === 'leaf';
}

/** How far back a kernel looks for another to join. */
const GROUP_REACH = 12;
/** Outputs of one kernel; more would run out of registers. */
const GROUP_LIMIT = 8;

/** The latest group of the same shape that has all `node` needs, before it or as its own results, and shares a load. */
function findGroup(
  node: Node,
  groups: readonly Node[][],
  groupOf: ReadonlyMap<Node, number>,
  stored: ReadonlySet<Node>,
): number | undefined {
  const loads = loadsOf(node, stored);
  for (let index = groups.length - 1; index >= Math.max(0, groups.length - GROUP_REACH); index--) {
    const group = at(groups, index);
    const first = at(group, 0);
    if (!isElementwise(first) || !sameShape(first.shape, node.shape) || group.length >= GROUP_LIMIT) continue;
    const isReady = loads.every(({ source, view }) =>
      group.includes(source) ? isContiguous(view) : (groupOf.get(source) ?? -1) < index,
    );
    if (isReady && shares(group, loads, stored)) return index;
  }
  return undefined;
}

function loadsOf(node: Node, stored: ReadonlySet<Node>): Load[] {
  return [...new Expressions(stored, new Set([node])).loads(node, new Set()).values()];
}

function shares(group: readonly Node[], loads: readonly Load[], stored: ReadonlySet<Node>): boolean {
  const theirs = new Set([...group, ...group.flatMap((member) => loadsOf(member, stored).map(({ source }) => source))]);
  return loads.some(({ source }) => source.shape.length > 0 && theirs.has(source));
}

function kernelsOf(group: readonly Node[], stored: ReadonlySet<Node>, bufferOf: BufferOf, expand: Expand): Kernel[] {
  const node = at(group, 0);
  const { primitive } = node;
  if (primitive.kind === 'reduce') return [reduceKernel(node, stored, bufferOf)];
  if (primitive.kind !== 'loops') return [mapKernel(group, stored, bufferOf)];
  const expansion = node.inputs.every(({ shape }) => sizeOf(shape) > 0) ? expand(node) : undefined;
  if (!expansion) return [loopKernel(node, primitive, bufferOf)];
  const temporaries = expansion.temporaries.map(({ dtype, size }, i): Buffer => ({ name: `${node.id}.${i}`, dtype, size }));
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
    name: primitive.name,
    extent: program.extent,
    operands: [...reads, { buffer: bufferOf(node), access: program.output, mode: 'write' }],
    costPerRow: (8 * elements) / Math.max(1, program.extent),
    body: { kind: 'loops', statements: program.body },
  };
}

function stepKernel(node: Node, step: ExpansionStep, temporaries: readonly Buffer[], bufferOf: BufferOf): Kernel {
  const bufferOfRole = (role: Role): Buffer => {
    if (role.kind === 'output') return bufferOf(node);
    return role.kind === 'input' ? bufferOf(at(node.inputs, role.index)) : at(temporaries, role.index);
  };
  const operands = step.operands.map(({ role, access, mode }) => {
    const buffer = bufferOfRole(role);
    return access === 'partial' ? { buffer, access, mode, combine: sumPrimitive() } : { buffer, access, mode };
  });
  return {
    name: step.name,
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

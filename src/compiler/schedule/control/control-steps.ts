import type { Graph } from '../../../graph/graph.ts';
import { k } from '../../../graph/kernel/expr.ts';
import { loop, position, store } from '../../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../../graph/node.ts';
import type { ScanAttrs } from '../../../primitives/control/control.ts';
import { AntlerInternalError, at } from '../../../util/errors.ts';
import { sizeOf } from '../../../util/shapes.ts';
import { distinctOutputs } from '../../passes/distinct-outputs.ts';
import type { BufferOf } from '../fusion/map-kernel.ts';
import type { Buffer, Counter, Kernel, Step } from '../kernel.ts';
import type { StepList } from '../kernels.ts';
import { writeCarriesInPlace } from './carries.ts';
import { hoistInvariant } from './hoist.ts';

type PartBuffer = (index: number, aval: Aval) => Buffer;
type MakeBody = (body: Graph, given: ReadonlyMap<Node, Buffer>) => StepList;

/** The steps of a control node: its bodies become steps of their own inside loops and branches. */
export function controlSteps(
  node: Node,
  bufferOf: BufferOf,
  partBuffer: PartBuffer,
  makeBody: MakeBody,
): Step[] {
  switch (node.primitive.name) {
    case 'scan':
      return scanSteps(node, node.attrs as ScanAttrs, bufferOf, partBuffer, makeBody);
    case 'while':
      return whileSteps(node, bufferOf, partBuffer, makeBody);
    case 'cond':
      return condSteps(node, bufferOf, partBuffer, makeBody);
    default:
      throw new AntlerInternalError(`no steps for ${node.primitive.name}`);
  }
}

function scanSteps(
  node: Node,
  attrs: ScanAttrs,
  bufferOf: BufferOf,
  partBuffer: PartBuffer,
  makeBody: MakeBody,
): Step[] {
  const body = distinctOutputs(at(node.bodies, 0));
  const { carries: count, sequences, length, reverse } = attrs;
  const counter: Counter = { steps: length, reverse };
  const sliceOf = (aval: Aval, of: Buffer): Buffer => ({
    name: `${of.name}[t]`,
    dtype: aval.dtype,
    size: sizeOf(aval.shape),
    slice: { of, counter },
  });
  const carries = body.outputs.slice(0, count).map((output, i) => partBuffer(i, output));
  const results = body.outputs
    .slice(count)
    .map((output, i) => partBuffer(count + i, { shape: [length, ...output.shape], dtype: output.dtype }));
  const operands = node.inputs.map(bufferOf);
  const given = new Map<Node, Buffer>();
  body.inputs.forEach((source, i) => {
    const operand = at(operands, i);
    given.set(
      source,
      i < count ? at(carries, i) : i < count + sequences ? sliceOf(source, operand) : operand,
    );
  });
  results.forEach((result, i) => {
    const output = at(body.outputs, count + i);
    given.set(output, sliceOf(output, result));
  });
  const inner = makeBody(body, given);
  const next = inner.outputs.slice(0, count);
  const { before, inside, results: hoisted } = hoistInvariant(inner.steps, new Set(carries));
  const rowsOf = carryRows(carries, body.outputs);
  const loopStep: Step = {
    kind: 'loop',
    counter,
    steps: withCarries(inside, next, carries, rowsOf),
    lasting: [...carries, ...results, ...operands.slice(count), ...hoisted],
  };
  return [
    ...carries.map((carry, i) => copyKernel(at(operands, i), carry, rowsOf(carry))),
    ...before,
    loopStep,
  ];
}

/** The steps of a round, after which the carries hold their next values. */
function withCarries(
  steps: readonly Step[],
  next: readonly Buffer[],
  carries: readonly Buffer[],
  rowsOf: (carry: Buffer) => number,
): Step[] {
  const { steps: written, copies } = writeCarriesInPlace(steps, next, carries);
  return [...written, ...copies.map(([from, to]) => copyKernel(from, to, rowsOf(to)))];
}

/** Extents of the first axes of carries, by their buffers. */
function carryRows(carries: readonly Buffer[], outputs: readonly Aval[]): (carry: Buffer) => number {
  return (carry) => at(outputs, carries.indexOf(carry)).shape[0] ?? 1;
}

function whileSteps(node: Node, bufferOf: BufferOf, partBuffer: PartBuffer, makeBody: MakeBody): Step[] {
  const [test, body] = [distinctOutputs(at(node.bodies, 0)), distinctOutputs(at(node.bodies, 1))];
  const count = body.outputs.length;
  const operands = node.inputs.map(bufferOf);
  const carries = body.outputs.map((output, i) => partBuffer(i, output));
  const given = new Map(body.inputs.map((source, i) => [source, carries[i] ?? at(operands, i)]));
  const condition = makeBody(test, given);
  const inner = makeBody(body, given);
  const rowsOf = carryRows(carries, body.outputs);
  const loopStep: Step = {
    kind: 'loop',
    counter: { steps: undefined, reverse: false },
    condition: { steps: condition.steps, result: at(condition.outputs, 0) },
    steps: withCarries(inner.steps, inner.outputs, carries, rowsOf),
    lasting: [...carries, ...operands.slice(count)],
  };
  return [...carries.map((carry, i) => copyKernel(at(operands, i), carry, rowsOf(carry))), loopStep];
}

function condSteps(node: Node, bufferOf: BufferOf, partBuffer: PartBuffer, makeBody: MakeBody): Step[] {
  const [condition, ...operands] = node.inputs.map(bufferOf);
  const results = at(node.bodies, 0).outputs.map((output, i) => partBuffer(i, output));
  const branches = node.bodies.map((body) => {
    const graph = distinctOutputs(body);
    const given = new Map(graph.inputs.map((source, i) => [source, at(operands, i)]));
    graph.outputs.forEach((output, i) => {
      given.set(output, at(results, i));
    });
    return makeBody(graph, given).steps;
  });
  return [
    { kind: 'branch', condition: at([condition as Buffer], 0), branches, lasting: [...operands, ...results] },
  ];
}

/** to = from, element by element, by rows of the carry: where the kernels around go over the same, nobody waits. */
function copyKernel(from: Buffer, to: Buffer, extent: number): Kernel {
  const rowSize = to.size / Math.max(1, extent);
  return {
    kind: 'kernel',
    name: 'copy',
    results: [],
    extent,
    operands: [
      { buffer: from, access: 'rows', mode: 'read' },
      { buffer: to, access: 'rows', mode: 'write' },
    ],
    costPerRow: rowSize,
    body: {
      kind: 'loops',
      statements: (_first, rows) => [
        loop(
          k.mul(rows, k.int(rowSize)),
          (i) => [store(1, to.dtype, position([i], [1]), k.load(0, from.dtype, position([i], [1])))],
          true,
        ),
      ],
    },
  };
}

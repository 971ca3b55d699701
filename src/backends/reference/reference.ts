import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import { contiguousView, type StridedView } from '../../graph/kernel/view.ts';
import type { Attrs, Node } from '../../graph/node.ts';
import type {
  HostValue,
  LoopPrimitive,
  MapPrimitive,
  Primitive,
  ReducePrimitive,
  ViewPrimitive,
} from '../../graph/primitive.ts';
import { copyGraph } from '../../graph/substitute.ts';
import { forEachPosition } from '../../primitives/contraction/positions.ts';
import { partIndex } from '../../primitives/control/control.ts';
import { constantValue } from '../../primitives/leaf.ts';
import { allocate, type DType, isFloat, roundTo, type TypedArray } from '../../util/dtypes.ts';
import { at, invariant, lookup } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import type { Backend, Executable, Storage } from '../backend.ts';

interface ReferenceStorage extends Storage {
  readonly data: Float64Array;
}

/**
 * The oracle: evaluates a graph node by node with the reference semantics of each primitive.
 * All floats are computed and kept in double precision, whatever their dtype; slow and obviously right.
 */
export const referenceBackend: Backend = {
  name: 'reference',
  upload: (dtype, data): ReferenceStorage => ({ dtype, size: data.length, data: Float64Array.from(data) }),
  copy: (storage) => storage,
  read: async (storage) => toHost(storage),
  readSync: toHost,
  release: () => {},
  // JavaScript arrays, which the garbage collector manages alone
  memory: () => ({ liveTensors: 0, bytesInUse: 0, peakBytes: 0 }),
  compile(original): Executable {
    const graph = copyGraph(original); // computed nodes forget their inputs, and this graph may run again
    return {
      run: (inputs) =>
        evaluate(graph, inputs.map(dataOf)).map((data, i): ReferenceStorage => {
          const { dtype, shape } = at(graph.outputs, i);
          return { dtype, size: sizeOf(shape), data };
        }),
    };
  },
};

function dataOf(storage: Storage): Float64Array {
  invariant('data' in storage && storage.data instanceof Float64Array, 'storage of another backend');
  return storage.data;
}

function toHost(storage: Storage): TypedArray {
  const host = allocate(storage.dtype, storage.size);
  host.set(dataOf(storage));
  return host;
}

/**
 * The outputs of a graph, in double precision.
 * @param visit sees every node with its elements, before others use them; it may round them
 */
export function evaluate(
  graph: Graph,
  inputs: readonly Float64Array[],
  visit: (node: Node, data: Float64Array) => void = () => {},
): Float64Array[] {
  const values = new Map<Node, Float64Array>();
  const keep = (node: Node, data: Float64Array) => {
    visit(node, data);
    values.set(node, data);
  };
  graph.inputs.forEach((node, i) => {
    keep(node, at(inputs, i));
  });
  const valueFor = (node: Node): Float64Array => {
    const value = values.get(node);
    invariant(value, `${node.primitive.name} without a value`);
    return value;
  };
  const parts = new Map<Node, Float64Array[]>();
  for (const node of topologicalOrder(graph.outputs, (n) => values.has(n))) {
    if (values.has(node)) continue;
    const { primitive } = node;
    if (primitive.kind === 'control') {
      parts.set(
        node,
        primitive.reference(node, node.inputs.map(valueFor), (body, args) => evaluate(body, args, visit)),
      );
    } else if (primitive.kind === 'part') {
      keep(node, at(lookup(parts, at(node.inputs, 0)), partIndex(node)));
    } else {
      keep(node, evaluateNode(node, primitive, node.inputs.map(valueFor)));
    }
  }
  return graph.outputs.map(valueFor);
}

type Computing = Exclude<Primitive, { kind: 'control' | 'part' }>;

function evaluateNode(node: Node, primitive: Computing, inputs: readonly Float64Array[]): Float64Array {
  const { attrs } = node;
  switch (primitive.kind) {
    case 'leaf':
      return Float64Array.of(constantValue(node) ?? Number.NaN);
    case 'map':
      return evaluateMap(primitive, node, inputs);
    case 'view':
      return evaluateView(primitive, node, at(inputs, 0), attrs);
    case 'reduce':
      return evaluateReduce(primitive, node, at(inputs, 0));
    case 'loops':
      return rounded(node.dtype, evaluateLoops(primitive, node, inputs));
  }
}

function rounded(dtype: DType, data: Float64Array): Float64Array {
  return isFloat(dtype) ? data : data.map((x) => roundTo(dtype, x));
}

function evaluateMap(primitive: MapPrimitive, node: Node, inputs: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(sizeOf(node.shape));
  for (let position = 0; position < result.length; position++) {
    const args = inputs.map((input) => at(input, position));
    result[position] = primitive.reference(args, node.attrs, { output: node, position });
  }
  return rounded(node.dtype, result);
}

function evaluateView(primitive: ViewPrimitive, node: Node, input: Float64Array, attrs: Attrs): Float64Array {
  const view = primitive.view(contiguousView(at(node.inputs, 0).shape), attrs, node.shape);
  invariant(view, `${primitive.name} of a dense buffer has a view`);
  return gather(input, view);
}

function gather(data: Float64Array, { offset, shape, strides }: StridedView): Float64Array {
  const result = new Float64Array(sizeOf(shape));
  forEachPosition(shape, (position, flat) => {
    result[flat] = at(
      data,
      position.reduce((sum, i, axis) => sum + i * at(strides, axis), offset),
    );
  });
  return result;
}

function evaluateReduce(primitive: ReducePrimitive, node: Node, input: Float64Array): Float64Array {
  const source = at(node.inputs, 0);
  const { axes } = node.attrs as { axes: readonly number[] };
  const result = new Float64Array(sizeOf(node.shape)).fill(primitive.identity(node.dtype));
  forEachPosition(source.shape, (position, flat) => {
    let target = 0;
    position.forEach((i, axis) => {
      if (!axes.includes(axis)) target = target * at(source.shape, axis) + i;
    });
    result[target] = primitive.combine(at(result, target), at(input, flat));
  });
  return rounded(node.dtype, result);
}

function evaluateLoops(primitive: LoopPrimitive, node: Node, inputs: readonly Float64Array[]): Float64Array {
  const values = node.inputs.map(({ shape, dtype }, i): HostValue => ({ shape, dtype, data: at(inputs, i) }));
  return primitive.reference(values, node.attrs, node);
}

import type { Storage } from '../backends/backend.ts';
import { evaluate } from '../backends/reference/reference.ts';
import { topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { at } from '../util/errors.ts';
import { backend } from './engine.ts';
import { isComputed, realize } from './realize.ts';
import type { Tensor } from './tensor.ts';
import { type Trace, withTrace } from './trace.ts';
import type { Variable } from './variable.ts';

/** Where a NaN or an infinity came from: an operation, the value of a variable, or the data that came in. */
export type NonFiniteOrigin =
  | { readonly kind: 'operation'; readonly primitive: string; readonly scope: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'data' };

/**
 * Finds what made the value of a function NaN or infinite. The function is traced once more and computed node
 * by node from the present values of the variables; then the way leads back from the result to the first
 * operation that made a non-finite value of finite ones.
 * @returns undefined if the value is finite
 */
export async function findNonFinite(f: () => Tensor): Promise<NonFiniteOrigin | undefined> {
  const trace: Trace = { reads: new Map(), writes: new Map() };
  const result = withTrace(trace, f).node;
  const given = topologicalOrder([result], isComputed).filter(isComputed);
  const variables = new Map([...trace.reads].map(([variable, tensor]) => [tensor.node, variable] as const));
  const inputs = [...given, ...variables.keys()];
  const storages = [...realize(given), ...[...variables.values()].map((variable) => variable.peekStorage())];
  const values = await Promise.all(storages.map(readDoubles));
  const bad = new Set<Node>();
  evaluate({ inputs, outputs: [result] }, values, (node, data) => {
    if (node.dtype === 'float32') roundToSingle(data);
    if (!data.every(Number.isFinite)) bad.add(node);
  });
  return bad.has(result) ? describe(firstCulprit(result, bad), variables) : undefined;
}

async function readDoubles(storage: Storage): Promise<Float64Array> {
  return Float64Array.from(await backend().read(storage));
}

/** The interpreter keeps doubles; what overflows single precision must overflow here as well. */
function roundToSingle(data: Float64Array): void {
  for (let i = 0; i < data.length; i++) data[i] = Math.fround(at(data, i));
}

function firstCulprit(result: Node, bad: ReadonlySet<Node>): Node {
  let culprit = result;
  for (let cause = badInput(culprit, bad); cause; cause = badInput(culprit, bad)) culprit = cause;
  return culprit;
}

function badInput(node: Node, bad: ReadonlySet<Node>): Node | undefined {
  return node.inputs.find((input) => bad.has(input));
}

function describe(node: Node, variables: ReadonlyMap<Node, Variable>): NonFiniteOrigin {
  const variable = variables.get(node);
  if (variable) return { kind: 'variable', name: variable.name };
  if (node.primitive.kind === 'leaf') return { kind: 'data' };
  return { kind: 'operation', primitive: node.primitive.name, scope: node.scope };
}

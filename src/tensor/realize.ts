import type { Backend, Executable, Storage } from '../backends/backend.ts';
import { type Graph, graphKey, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { input } from '../primitives/leaf.ts';
import { AntlerTraceError, at } from '../util/errors.ts';
import { backend } from './engine.ts';
import { largestValue, naming } from './refusal.ts';
import { keepsHistory } from './trace.ts';

/** Compiled graphs of each backend by key; the least recently used go first. */
const caches = new WeakMap<Backend, Map<string, Executable>>();
const CACHE_LIMIT = 512;

/** Compiles a graph, or finds it compiled. */
export function compileCached(graph: Graph, donated?: readonly (number | null)[]): Executable {
  const engine = backend();
  const cache = caches.get(engine) ?? new Map<string, Executable>();
  caches.set(engine, cache);
  const key = `${donated?.join() ?? ''}\n${graphKey(graph)}`;
  const executable = cache.get(key) ?? compile(engine, graph, donated);
  cache.delete(key);
  cache.set(key, executable);
  const [oldest] = cache.keys();
  if (cache.size > CACHE_LIMIT && oldest !== undefined) cache.delete(oldest);
  return executable;
}

/** A refusal of memory by the program names its largest value; the graph itself is let go. */
function compile(engine: Backend, graph: Graph, donated?: readonly (number | null)[]): Executable {
  const what = always(largestValue(graph));
  return named(
    what,
    naming(what, () => engine.compile(graph, donated ? { donated } : {})),
  );
}

/** Stands apart from where the graph is known: functions made in one place keep alive what any of them uses. */
function named(what: () => string, executable: Executable): Executable {
  return { run: (inputs) => naming(what, () => executable.run(inputs)) };
}

function always<T>(value: T): () => T {
  return () => value;
}

/** Computes the nodes that are not computed yet, all in one program, and gives their storages. */
export function realize(nodes: readonly Node[]): Storage[] {
  if (!nodes.every(isComputed)) compute([...new Set(nodes.filter((node) => !isComputed(node)))]);
  return nodes.map((node) => node.value as Storage);
}

/** The storage of one node, computed now if it is not yet. */
export function realizeOne(node: Node): Storage {
  if (!isComputed(node)) compute([node]);
  return node.value as Storage;
}

function compute(pending: readonly Node[]): void {
  const inputs = topologicalOrder(pending, isComputed).filter(isComputed);
  requireConcrete(pending);
  const results = compileCached({ inputs, outputs: pending }).run(
    inputs.map((node) => node.value as Storage),
  );
  pending.forEach((node, i) => {
    node.settle(at(results, i), keepsHistory());
  });
}

/** Whether the value of a node is known already. */
export function isComputed(node: Node): boolean {
  return node.value !== undefined;
}

function requireConcrete(nodes: readonly Node[]): void {
  const unknown = topologicalOrder(nodes, isComputed).find(
    (node) => node.primitive === input.primitive && !isComputed(node),
  );
  if (!unknown) return;
  throw new AntlerTraceError({
    where: 'jit, vmap or another traced function',
    expected: 'a function whose steps do not depend on tensor values',
    got: 'a request for the value of a tensor that is only traced',
    fix: 'return the tensor and look at it outside, or choose with where()',
  });
}

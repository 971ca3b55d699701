import type { Executable, Storage } from '../backends/backend.ts';
import { type Graph, graphKey, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { input } from '../primitives/leaf.ts';
import { AntlerTraceError, at } from '../util/errors.ts';
import { backend } from './engine.ts';
import { keepsHistory } from './trace.ts';

/** Compiled graphs by backend and key; the least recently used go first. */
const cache = new Map<string, Executable>();
const CACHE_LIMIT = 512;

/** Compiles a graph, or finds it compiled. */
export function compileCached(graph: Graph, donated?: readonly (number | null)[]): Executable {
  const engine = backend();
  const key = `${engine.name}${engineId(engine)} ${donated?.join() ?? ''}\n${graphKey(graph)}`;
  const found = cache.get(key);
  const executable = found ?? engine.compile(graph, donated ? { donated } : {});
  cache.delete(key);
  cache.set(key, executable);
  if (cache.size > CACHE_LIMIT)
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  return executable;
}

const engineIds = new WeakMap<object, number>();
let nextEngineId = 0;

function engineId(engine: object): number {
  let id = engineIds.get(engine);
  if (id === undefined) {
    id = nextEngineId++;
    engineIds.set(engine, id);
  }
  return id;
}

/** Computes the nodes that are not computed yet, all in one program, and gives their storages. */
export function realize(nodes: readonly Node[]): Storage[] {
  const pending = [...new Set(nodes.filter((node) => node.value === undefined))];
  if (pending.length > 0) {
    const inputs = topologicalOrder(pending, isComputed).filter(isComputed);
    requireConcrete(pending);
    const results = compileCached({ inputs, outputs: pending }).run(
      inputs.map((node) => node.value as Storage),
    );
    pending.forEach((node, i) => {
      node.settle(at(results, i), keepsHistory());
    });
  }
  return nodes.map((node) => node.value as Storage);
}

function isComputed(node: Node): boolean {
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

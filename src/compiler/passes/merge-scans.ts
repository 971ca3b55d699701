import { exactJson, type Graph, graphKey, topologicalOrder } from '../../graph/graph.ts';
import { Node } from '../../graph/node.ts';
import { substitute } from '../../graph/substitute.ts';
import { partIndex, partsOf, type ScanAttrs, scanPrimitive } from '../../primitives/control/control.ts';
import { at } from '../../util/errors.ts';

/**
 * Scans over the same inputs become one with the results of all. A gradient runs the forward scan a second time to have
 * its inner values stored; after this pass it runs once.
 */
export function mergeScans(graph: Graph): Graph {
  const families = new Map<string, Node[]>();
  for (const node of topologicalOrder(graph.outputs)) {
    if (node.primitive !== scanPrimitive) continue;
    const key = `${node.inputs.map(({ id }) => id).join()}${exactJson(node.attrs)}`;
    families.set(key, [...(families.get(key) ?? []), node]);
  }
  for (const family of families.values()) {
    const merged = family.length > 1 ? mergeFamily(family) : undefined;
    // the merged scans may be inputs of others: start again on the smaller graph
    if (merged) return mergeScans({ inputs: graph.inputs, outputs: replaceParts(graph, merged) });
  }
  return graph;
}

/** One scan, and for each old one its results among the new. Undefined if the scans carry differently. */
function mergeFamily(family: readonly Node[]): Map<Node, readonly Node[]> | undefined {
  const first = at(family, 0);
  const { inputs } = at(first.bodies, 0);
  const { carries, length } = first.attrs as ScanAttrs;
  const outputs: Node[] = [];
  const places = new Map<string, number>();
  const placesOf = family.map((node) => {
    const body = at(node.bodies, 0);
    const images = new Map(body.inputs.map((source, i) => [source, at(inputs, i)]));
    return substitute(body.outputs, images).map((output, i) => {
      const key = `${i < carries ? i : ''}${graphKey({ inputs, outputs: [output] })}`;
      const place = places.get(key) ?? outputs.push(output) - 1;
      places.set(key, place);
      return place;
    });
  });
  const isAlike = placesOf.every((own) => own.slice(0, carries).every((place, i) => place === i));
  if (!isAlike) return undefined;
  const node = new Node(scanPrimitive, first.inputs, first.attrs, first, [{ inputs, outputs }]);
  const avals = outputs.map(({ shape, dtype }, i) =>
    i < carries ? { shape, dtype } : { shape: [length, ...shape], dtype },
  );
  const parts = partsOf(node, avals);
  return new Map(family.map((old, i) => [old, at(placesOf, i).map((place) => at(parts, place))]));
}

function replaceParts(graph: Graph, merged: ReadonlyMap<Node, readonly Node[]>): Node[] {
  const images = new Map<Node, Node>();
  for (const node of topologicalOrder(graph.outputs)) {
    const parts = node.primitive.kind === 'part' ? merged.get(at(node.inputs, 0)) : undefined;
    if (parts) images.set(node, at(parts, partIndex(node)));
  }
  return substitute(graph.outputs, images);
}

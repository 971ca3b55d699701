import { exactJson } from '../../../graph/graph.ts';
import { alignColumns } from '../../../util/text-table.ts';
import type { ExplainedGraph, ExplainedNode } from '../explanation.ts';
import { typed } from './figures.ts';

/** A line for each node, its number first. */
export function graphLines(graph: ExplainedGraph, indent = ''): string[] {
  const names = new Map([...graph.outputs, ...graph.inputs].map(({ id, name }) => [id, name]));
  const lines = alignColumns(
    graph.nodes.map((node) => [
      `#${node.id}`,
      typed(node),
      expression(node),
      names.get(node.id) ?? '',
      node.scope,
    ]),
    ['right', 'left', 'left', 'left', 'left'],
  );
  return graph.nodes.flatMap(({ bodies }, i) => [
    indent + (lines[i] ?? ''),
    ...bodies.flatMap((body, part) => [`${indent}  body ${part}`, ...graphLines(body, `${indent}    `)]),
  ]);
}

function expression({ primitive, inputs, attrs }: ExplainedNode): string {
  const args = inputs.map((id) => `#${id}`);
  if (Object.keys(attrs).length > 0) args.push(exactJson(attrs));
  return `${primitive}(${args.join(', ')})`;
}

import { contiguousView, isContiguous, type StridedView } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import { at, invariant } from '../../util/errors.ts';

/** A node read through a chain of views. */
export interface Route {
  readonly source: Node;
  /** View nodes from the reader down to the source. */
  readonly path: readonly Node[];
}

/** Follows views down to the node they rearrange, or to the first stored one. */
export function throughViews(node: Node, stored: Pick<ReadonlySet<Node>, 'has'>): Route {
  const path: Node[] = [];
  let source = node;
  while (source.primitive.kind === 'view' && !stored.has(source)) {
    path.push(source);
    source = at(source.inputs, 0);
  }
  return { source, path };
}

/** The strided view that a chain of views makes of a dense buffer, or the view node at which strides fail. */
export function composeViews(source: Node, path: readonly Node[]): StridedView | { readonly failed: Node } {
  let view = contiguousView(source.shape);
  for (const node of path.toReversed()) {
    invariant(node.primitive.kind === 'view', 'a path of views');
    const next = node.primitive.view(view, node.attrs, node.shape);
    if (!next) return { failed: node };
    view = next;
  }
  return view;
}

/** The stored node whose buffer holds the elements of `node` in order, if there is one. */
export function denseSource(node: Node, stored: ReadonlySet<Node>): Node | undefined {
  const { source, path } = throughViews(node, stored);
  if (!stored.has(source)) return undefined;
  const view = composeViews(source, path);
  return !('failed' in view) && isContiguous(view) ? source : undefined;
}

import { type Expr, k, registerOf } from '../../../graph/kernel/expr.ts';
import type { StridedView } from '../../../graph/kernel/view.ts';
import type { Node } from '../../../graph/node.ts';
import { constantValue } from '../../../primitives/leaf.ts';
import { invariant } from '../../../util/errors.ts';
import { composeViews, throughViews } from '../routes.ts';

/** A stored value read through a view over the kernel's domain. */
export interface Load {
  readonly source: Node;
  readonly view: StridedView;
}

/**
 * The elementwise expressions of one kernel. `inside` are nodes that the kernel computes itself although they are stored:
 * they are built from their parts, not loaded.
 */
export class Expressions {
  /** Nodes that are read from memory. */
  readonly #loaded: { has(node: Node): boolean };
  readonly #memo = new Map<string, Expr>();

  constructor(stored: ReadonlySet<Node>, inside: ReadonlySet<Node>) {
    this.#loaded = { has: (node) => stored.has(node) && !inside.has(node) };
  }

  /**
   * Everything the value of `node` is loaded from, in order of appearance.
   * @param unstored collects nodes that must be stored first, because no strides or positions express the way to them
   */
  loads(
    node: Node,
    unstored: Set<Node>,
    path: readonly Node[] = [],
    found = new Map<string, Load>(),
  ): Map<string, Load> {
    const { source, path: whole } = this.#descend(node, path);
    if (constantValue(source) !== undefined) return found;
    if (this.#loaded.has(source)) {
      const key = routeKey(source, whole);
      if (found.has(key)) return found;
      const view = composeViews(source, whole);
      if ('failed' in view) unstored.add(inputOf(view.failed));
      else found.set(key, { source, view });
      return found;
    }
    invariant(source.primitive.kind === 'map', `${source.primitive.name} inside an expression`);
    if (source.primitive.positional && whole.length > 0) unstored.add(source);
    for (const input of source.inputs) this.loads(input, unstored, whole, found);
    return found;
  }

  /** The value of `node` at the kernel's position. */
  build(node: Node, load: (load: Load) => Expr, position: Expr, path: readonly Node[] = []): Expr {
    const { source, path: whole } = this.#descend(node, path);
    const key = routeKey(source, whole);
    let expr = this.#memo.get(key);
    if (!expr) {
      expr = this.#compute(source, whole, load, position);
      this.#memo.set(key, expr);
    }
    return expr;
  }

  #compute(source: Node, path: readonly Node[], load: (load: Load) => Expr, position: Expr): Expr {
    const value = constantValue(source);
    if (value !== undefined) return k.constant(registerOf(source.dtype), value);
    if (this.#loaded.has(source)) {
      const view = composeViews(source, path);
      invariant(!('failed' in view), 'views were checked');
      return load({ source, view });
    }
    const { primitive } = source;
    invariant(primitive.kind === 'map', `${primitive.name} inside an expression`);
    const args = source.inputs.map((input) => this.build(input, load, position, path));
    const expr = primitive.lower(args, source.attrs, { inputs: source.inputs, output: source, position });
    return source.dtype === 'uint8' && primitive.name !== 'select' ? k.and(expr, k.int(255)) : expr;
  }

  /** Goes down the views below `node`, behind those already passed. */
  #descend(node: Node, path: readonly Node[]): { source: Node; path: readonly Node[] } {
    const { source, path: more } = throughViews(node, this.#loaded);
    return { source, path: more.length > 0 ? [...path, ...more] : path };
  }
}

function routeKey(source: Node, path: readonly Node[]): string {
  return `${source.id}:${path.map(({ id }) => id).join()}`;
}

function inputOf(node: Node): Node {
  const [input] = node.inputs;
  invariant(input, 'a view has an input');
  return input;
}

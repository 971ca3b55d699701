import type { DType } from '../util/dtypes.ts';
import type { Shape } from '../util/shapes.ts';
import type { Graph } from './graph.ts';
import type { Primitive } from './primitive.ts';
import { currentScope } from './scope.ts';

/** What is known of a value before it is computed. */
export interface Aval {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Static arguments of a primitive: plain data, so that graphs can be compared and hashed. */
export type AttrValue =
  | number
  | string
  | boolean
  | null
  | readonly AttrValue[]
  | { readonly [key: string]: AttrValue };
export type Attrs = { readonly [key: string]: AttrValue };

/** The attributes of a primitive that has none. */
export type NoAttrs = { readonly [key: string]: never };

let nextId = 0;

/**
 * One value of a graph: a primitive applied to other values.
 *
 * Nodes are immutable but for one event: `settle` turns a computed node into a leaf that holds
 * its value and forgets its history, so that the garbage collector can have it.
 */
export class Node implements Aval {
  readonly id: number = nextId++;
  readonly primitive: Primitive;
  readonly attrs: Attrs;
  readonly shape: Shape;
  readonly dtype: DType;
  /** The functions that control flow runs; empty for everything else. */
  readonly bodies: readonly Graph[];
  /** Where in the model the node was made, e.g. `lenet5/conv1`; for messages only. */
  readonly scope: string = currentScope();
  #inputs: readonly Node[];
  #value: unknown;

  constructor(
    primitive: Primitive,
    inputs: readonly Node[],
    attrs: Attrs,
    aval: Aval,
    bodies: readonly Graph[] = [],
  ) {
    this.primitive = primitive;
    this.#inputs = inputs;
    this.attrs = attrs;
    this.shape = aval.shape;
    this.dtype = aval.dtype;
    this.bodies = bodies;
  }

  get inputs(): readonly Node[] {
    return this.#inputs;
  }

  /** The backend's handle of the computed value, once there is one. */
  get value(): unknown {
    return this.#value;
  }

  /** Records the computed value; the history goes unless a gradient may still walk it. */
  settle(value: unknown, keepHistory: boolean): void {
    this.#value = value;
    if (!keepHistory) this.#inputs = [];
  }
}

import type { DType } from '../util/dtypes.ts';
import type { Shape } from '../util/shapes.ts';
import type { Graph } from './graph.ts';
import type { Expr } from './kernel/expr.ts';
import type { LoopProgram } from './kernel/loops.ts';
import type { StridedView } from './kernel/view.ts';
import { type Attrs, type Aval, Node } from './node.ts';

/** What a gradient rule may look at. */
export interface GradientContext<A extends Attrs> {
  readonly inputs: readonly Node[];
  readonly output: Node;
  /** Gradient of the result with respect to `output`, of its shape and dtype. */
  readonly cotangent: Node;
  readonly attrs: A;
  /** Whether anybody asks for the gradient of this input. */
  wants(input: number): boolean;
}

/** What a batching rule may look at. */
export interface BatchContext<A extends Attrs> {
  /** The inputs; the batch is the first axis of those that have one. */
  readonly inputs: readonly Node[];
  /** Which inputs have a batch; at least one has. */
  readonly isBatched: readonly boolean[];
  /** Extent of the batch. */
  readonly size: number;
  readonly attrs: A;
}

/** A value on the host, held in double precision whatever its dtype: the currency of reference semantics. */
export interface HostValue extends Aval {
  readonly data: Float64Array;
}

interface Common<A extends Attrs> {
  readonly name: string;
  /** Shape and dtype of the result. Throws an Antler error for inputs that do not fit. */
  infer(inputs: readonly Aval[], attrs: A): Aval;
  /** Gradient with respect to each input; null where it is zero or meaningless. As graph, so it can be differentiated again. */
  gradient(context: GradientContext<A>): readonly (Node | null)[];
}

/** A graph input or literal: computes nothing. */
export interface LeafPrimitive<A extends Attrs = Attrs> extends Common<A> {
  readonly kind: 'leaf';
}

/** Element by element; all inputs have the shape of the output. */
export interface MapPrimitive<A extends Attrs = Attrs> extends Common<A> {
  readonly kind: 'map';
  /** One element in double precision; the interpreter rounds integers to the dtype. */
  reference(args: readonly number[], attrs: A, context: ReferenceContext): number;
  /** The same as an expression; `output.dtype` decides the precision. */
  lower(args: readonly Expr[], attrs: A, context: MapContext): Expr;
  /** The value depends on the element's position (iota, random bits). */
  readonly positional?: boolean;
  /** As of a view; only where positions count, since a batch moves them. */
  batch?(context: BatchContext<A>): Node;
}

export interface ReferenceContext {
  readonly output: Aval;
  /** Row-major position of the element, for positional primitives. */
  readonly position: number;
}

export interface MapContext {
  readonly inputs: readonly Aval[];
  readonly output: Aval;
  /** Row-major position of the element, for positional primitives. */
  readonly position: Expr;
}

/** Rearranges without computing; costs nothing where a strided view can express it. */
export interface ViewPrimitive<A extends Attrs = Attrs> extends Common<A> {
  readonly kind: 'view';
  /** The view of the result given the view of the input, or null where strides cannot express it. */
  view(input: StridedView, attrs: A, output: Shape): StridedView | null;
  /** The results for every element of a batch, stacked along a new first axis. */
  batch(context: BatchContext<A>): Node;
}

/** Folds axes with an associative operation. Output shape: input without `attrs.axes`. */
export interface ReducePrimitive extends Common<ReduceAttrs> {
  readonly kind: 'reduce';
  identity(dtype: DType): number;
  combine(a: number, b: number): number;
  lowerCombine(a: Expr, b: Expr): Expr;
}

export type ReduceAttrs = { readonly axes: readonly number[] };

/** Everything else: loops over whole buffers. */
export interface LoopPrimitive<A extends Attrs = Attrs> extends Common<A> {
  readonly kind: 'loops';
  reference(inputs: readonly HostValue[], attrs: A, output: Aval): Float64Array;
  /** The same as loops over row-major buffers. */
  lower(inputs: readonly Aval[], attrs: A, output: Aval): LoopProgram;
  /** The results for every element of a batch, stacked along a new first axis. */
  batch(context: BatchContext<A>): Node;
}

/**
 * Runs graphs: `node.bodies`. It has several results, which `part` nodes pick out; its own shape and dtype mean nothing.
 * The gradient rule is asked for all parts at once, through `partGradient`.
 */
export interface ControlPrimitive<A extends Attrs = Attrs> extends Common<A> {
  readonly kind: 'control';
  /** No control flow, only a unit of differentiation: the compiler puts its last body in its place. */
  readonly isInlined?: true;
  /** Cotangent of each input, given that of each part; null where there is none. */
  partGradient(
    node: Node,
    cotangents: readonly (Node | null)[],
    differentiate: Differentiate,
  ): readonly (Node | null)[];
  /** All parts, stacked along a new first axis for every element of a batch. */
  batchParts(node: Node, context: BatchContext<A>, batchBody: BatchBody): readonly Node[];
  /** All parts. `run` evaluates a body. */
  reference(node: Node, inputs: readonly Float64Array[], run: RunBody): Float64Array[];
}

/** Reverse-mode differentiation of a graph; handed in, since it stands above the primitives. */
export type Differentiate = (
  outputs: readonly Node[],
  cotangents: readonly Node[],
  wrt: readonly Node[],
) => Node[];

/**
 * A body for inputs of which some have a batch as their first axis; all its outputs then have one.
 * Handed in, since it stands above the primitives.
 */
export type BatchBody = (body: Graph, isBatched: readonly boolean[], size: number) => Graph;

export type RunBody = (body: Graph, inputs: readonly Float64Array[]) => Float64Array[];

/** One result of a control node, its only input. */
export interface PartPrimitive<A extends Attrs = Attrs> extends Common<A> {
  readonly kind: 'part';
}

/** One thing a backend must know. */
export type Primitive =
  | LeafPrimitive
  | MapPrimitive
  | ViewPrimitive
  | ReducePrimitive
  | LoopPrimitive
  | ControlPrimitive
  | PartPrimitive;

/** The node of a primitive applied to `inputs`. */
export function apply(primitive: Primitive, inputs: readonly Node[], attrs: Attrs = {}): Node {
  // each primitive's own functions build its attributes, so they fit its rules
  const { infer } = primitive as LeafPrimitive;
  return new Node(primitive, inputs, attrs, infer(inputs, attrs));
}

import type { Expr } from '../graph/kernel/expr.ts';
import type { Attrs, Aval, Node } from '../graph/node.ts';
import {
  apply,
  type GradientContext,
  type MapContext,
  type MapPrimitive,
  type Primitive,
} from '../graph/primitive.ts';
import { type DType, isFloat } from '../util/dtypes.ts';
import { AntlerTypeError, invariant } from '../util/errors.ts';
import { sameShape } from '../util/shapes.ts';

/** A primitive as gradient rules call it, with its definition attached. */
export type Applicable<Arguments extends readonly unknown[]> = ((...args: Arguments) => Node) & {
  readonly primitive: Primitive;
};

/** Attaches a definition to the function that applies it. */
export function applicable<Arguments extends readonly unknown[]>(
  primitive: Primitive,
  call: (...args: Arguments) => Node,
): Applicable<Arguments> {
  return Object.assign(call, { primitive });
}

/** Which element types an operation takes. */
export type Accepts = 'float' | 'number' | 'integer' | 'any';

interface MapDefinition {
  readonly name: string;
  readonly accepts: Accepts;
  /** Type of the result; that of the (first) input unless given. */
  readonly gives?: DType;
  readonly positional?: boolean;
  reference(...args: readonly number[]): number;
  /** For bool, where it differs. */
  referenceBool?(x: number): number;
  /** For integers, where the double would lose low bits or the operation differs. */
  referenceInteger?(a: number, b: number): number;
}

interface UnaryDefinition extends MapDefinition {
  /** Cotangent of the input; null where the derivative is zero everywhere. */
  gradient(context: { x: Node; output: Node; cotangent: Node }): Node | null;
  lower(x: Expr, context: MapContext): Expr;
}

interface BinaryDefinition extends MapDefinition {
  gradient(context: {
    a: Node;
    b: Node;
    output: Node;
    cotangent: Node;
  }): readonly [() => Node, () => Node] | null;
  lower(a: Expr, b: Expr, context: MapContext): Expr;
}

/** Defines an elementwise operation of one input. */
export function unary(definition: UnaryDefinition): Applicable<[x: Node]> {
  const primitive: MapPrimitive<Attrs> = {
    kind: 'map',
    name: definition.name,
    infer: ([x]) => inferMap(definition, [x]),
    gradient: ({ inputs: [x], output, cotangent }: GradientContext<Attrs>) => {
      invariant(x, 'unary without input');
      return [definition.gradient({ x, output, cotangent })];
    },
    reference: ([x = 0], _attrs, { output }) =>
      definition.referenceBool && output.dtype === 'bool'
        ? definition.referenceBool(x)
        : definition.reference(x),
    lower: ([x], _attrs, context) => {
      invariant(x, 'unary without input');
      return definition.lower(x, context);
    },
  };
  return applicable(primitive, (x) => apply(primitive, [x]));
}

/** Defines an elementwise operation of two inputs of equal shape and dtype. */
export function binary(definition: BinaryDefinition): Applicable<[a: Node, b: Node]> {
  const primitive: MapPrimitive<Attrs> = {
    kind: 'map',
    name: definition.name,
    infer: ([a, b]) => inferMap(definition, [a, b]),
    gradient: ({ inputs: [a, b], output, cotangent, wants }: GradientContext<Attrs>) => {
      invariant(a && b, 'binary without inputs');
      const rule = definition.gradient({ a, b, output, cotangent });
      return rule ? [wants(0) ? rule[0]() : null, wants(1) ? rule[1]() : null] : [null, null];
    },
    reference: ([a = 0, b = 0], _attrs, { output }) =>
      definition.referenceInteger && !isFloat(output.dtype)
        ? definition.referenceInteger(a, b)
        : definition.reference(a, b),
    lower: ([a, b], _attrs, context) => {
      invariant(a && b, 'binary without inputs');
      return definition.lower(a, b, context);
    },
  };
  return applicable(primitive, (a, b) => apply(primitive, [a, b]));
}

function inferMap({ name, accepts, gives }: MapDefinition, inputs: readonly (Aval | undefined)[]): Aval {
  const [first] = inputs;
  invariant(first, `${name} without inputs`);
  for (const input of inputs) {
    invariant(
      input && sameShape(input.shape, first.shape) && input.dtype === first.dtype,
      `${name} of unlike inputs`,
    );
  }
  requireAccepted(name, accepts, first.dtype);
  return { shape: first.shape, dtype: gives ?? first.dtype };
}

function requireAccepted(name: string, accepts: Accepts, dtype: DType): void {
  const fits = {
    float: isFloat(dtype),
    number: dtype !== 'bool',
    integer: !isFloat(dtype),
    any: true,
  }[accepts];
  if (fits) return;
  const expected = { float: 'float32 or float64', number: 'numbers', integer: 'integers or bool', any: '' }[
    accepts
  ];
  throw new AntlerTypeError({ where: name, expected, got: dtype, fix: 'convert with cast(x, dtype)' });
}

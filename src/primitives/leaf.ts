import type { Aval, Node } from '../graph/node.ts';
import { apply, type LeafPrimitive, type ViewPrimitive } from '../graph/primitive.ts';
import type { DType } from '../util/dtypes.ts';
import { invariant } from '../util/errors.ts';
import { applicable } from './define.ts';

type AvalAttrs = { readonly shape: readonly number[]; readonly dtype: DType };

const inputPrimitive: LeafPrimitive<AvalAttrs> = {
  kind: 'leaf',
  name: 'input',
  infer: (_inputs, { shape, dtype }) => ({ shape, dtype }),
  gradient: () => [],
};

/** A value given from outside: an argument of a traced function, or data. */
export const input = applicable(inputPrimitive, ({ shape, dtype }: Aval) =>
  apply(inputPrimitive, [], { shape, dtype }),
);

const constantPrimitive: LeafPrimitive<{ value: number; dtype: DType }> = {
  kind: 'leaf',
  name: 'constant',
  infer: (_inputs, { dtype }) => ({ shape: [], dtype }),
  gradient: () => [],
};

/** A scalar known while building the graph; it becomes part of the compiled code. */
export const constant = applicable(constantPrimitive, (value: number, dtype: DType) =>
  apply(constantPrimitive, [], { value, dtype }),
);

/** The number of a constant node, undefined for every other node. */
export function constantValue(node: Node): number | undefined {
  if (node.primitive !== constantPrimitive) return undefined;
  const { value } = node.attrs;
  invariant(typeof value === 'number', 'constant without a value');
  return value;
}

function identity(name: string, passesGradient: boolean): ViewPrimitive {
  const primitive: ViewPrimitive = {
    kind: 'view',
    name,
    infer: ([x]) => {
      invariant(x, `${name} without input`);
      return { shape: x.shape, dtype: x.dtype };
    },
    gradient: ({ cotangent }) => [passesGradient ? cotangent : null],
    view: (view) => view,
    batch: ({ inputs: [x] }) => {
      invariant(x, `${name} without input`);
      return apply(primitive, [x]);
    },
  };
  return primitive;
}

const aliasPrimitive = identity('alias', true);

/** The same value under a new identity: what a gradient is taken with respect to. */
export const alias = applicable(aliasPrimitive, (x: Node) => apply(aliasPrimitive, [x]));

const stopGradientPrimitive = identity('stopGradient', false);

/** The same value, through which no gradient flows. */
export const stopGradient = applicable(stopGradientPrimitive, (x: Node) => apply(stopGradientPrimitive, [x]));

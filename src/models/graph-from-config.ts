import { InputLayer, symbolOf } from '../layers/core/input.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { type Parts, partsOf, type Several } from '../layers/several.ts';
import { SymbolicTensor } from '../layers/symbolic-tensor.ts';
import { hostTensor } from '../ops/convert.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerDataError, AntlerValueError } from '../util/errors.ts';
import { type AnyFunctional, model } from './functional.ts';
import type { CallConfig, ConstantConfig, GraphConfig, ValueReference } from './graph-config.ts';

/** Results of the applications of each layer, by its name. */
type Values = Map<string, (readonly SymbolicTensor[])[]>;

interface PendingCall {
  readonly layer: AnyLayer;
  readonly number: number;
  readonly call: CallConfig;
}

/**
 * Makes a functional model of plain data.
 * @param makeLayer makes a layer of its description
 * @throws AntlerDataError if the layers do not form a graph
 */
export function functionalFromConfig(
  config: Readonly<Record<string, unknown>>,
  makeLayer: (description: { type: string; config: Readonly<Record<string, unknown>> }) => AnyLayer,
): AnyFunctional {
  const { layers, inputs, outputs, ...options } = config as unknown as GraphConfig;
  const where = String((options as { readonly name?: string }).name ?? 'model');
  if (!Array.isArray(layers)) {
    throw new AntlerDataError({ where, expected: 'a list of layers', got: typeof layers });
  }
  const values: Values = new Map();
  const pending: PendingCall[] = [];
  for (const { type, config: own, calls = [] } of layers as GraphConfig['layers']) {
    const layer = makeLayer({ type, config: own });
    values.set(layer.name, layer instanceof InputLayer ? [[symbolOf(layer)]] : []);
    calls.forEach((call, number) => {
      pending.push({ layer, number, call });
    });
  }
  callInOrder(pending, values, where);
  const find = (reference: Several<ValueReference>) => {
    const parts = referenceParts(reference);
    return parts.rebuild(parts.items.map((item) => require(valueAt(item, values), item, where)));
  };
  return model({ ...options, inputs: find(inputs), outputs: find(outputs) }) as AnyFunctional;
}

/** Applies layers as soon as their inputs are there. */
function callInOrder(calls: readonly PendingCall[], values: Values, where: string): void {
  let pending = calls;
  while (pending.length > 0) {
    const waiting = pending.filter((call) => !run(call, values));
    if (waiting.length === pending.length) {
      throw new AntlerDataError({
        where,
        expected: 'layers that form a graph without cycles',
        got: `inputs of ${[...new Set(waiting.map(({ layer }) => layer.name))].join(', ')} that nothing makes`,
      });
    }
    pending = waiting;
  }
}

/** Applies a layer, if all its inputs are there. */
function run({ layer, number, call }: PendingCall, values: Values): boolean {
  const parts = referenceParts<ValueReference | ConstantConfig>(call.inputs);
  const items = parts.items.map((item) => ('constant' in item ? constantOf(item) : valueAt(item, values)));
  if (items.some((item) => item === undefined)) return false;
  const inputs = parts.rebuild(items as (SymbolicTensor | Tensor)[]) as Several<SymbolicTensor>;
  const result = layer.apply(inputs, call.options) as Several<SymbolicTensor>;
  const { items: results } = partsOf(result, (value) => value instanceof SymbolicTensor);
  (values.get(layer.name) ?? [])[number] = results;
  return true;
}

function constantOf({ constant: { dtype, shape, data } }: ConstantConfig): Tensor {
  return hostTensor(data, shape, dtype, 'constant');
}

function valueAt([layer, call, result]: ValueReference, values: Values): SymbolicTensor | undefined {
  return values.get(layer)?.[call]?.[result];
}

function require(
  value: SymbolicTensor | undefined,
  reference: ValueReference,
  where: string,
): SymbolicTensor {
  if (value) return value;
  throw new AntlerValueError({ where, expected: 'values of its layers', got: `[${reference.join(', ')}]` });
}

function referenceParts<T extends ValueReference | ConstantConfig>(given: Several<T>): Parts<T> {
  return partsOf(given, (value) => {
    if (Array.isArray(value)) return typeof value[0] === 'string';
    return typeof value === 'object' && 'constant' in value && 'data' in (value.constant as object);
  });
}

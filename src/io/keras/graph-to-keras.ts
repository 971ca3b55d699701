import { kerasKey } from '../../layers/keras-keys.ts';
import type { AnyLayer } from '../../layers/layer.ts';
import type { LayerDescription } from '../../layers/layer-config.ts';
import type { LayerCall, TensorSpec } from '../../layers/symbolic-tensor.ts';
import { invariant } from '../../util/errors.ts';
import { callFormOf } from './call-arguments.ts';
import { isJsonObject, type Json, type JsonObject } from './keras-object.ts';

/** A layer of a graph with its applications, as a functional model describes itself. */
export interface GraphLayer extends LayerDescription {
  readonly calls: readonly GraphCall[];
}

interface GraphCall {
  readonly inputs: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The applications of a layer, as Keras writes them. @param model the model, whose values know their shapes */
export function callsToKeras({ type, config, calls }: GraphLayer, model: AnyLayer | undefined): Json {
  const live = callsOf(model).filter(({ layer }) => layer.name === config.name);
  return calls.map(({ inputs, options }, i) => {
    const specs = [...(live[i]?.inputs.items ?? [])];
    const written = mapValues(inputs, (value) => valueToKeras(value, specs.shift()));
    const { args, kwargs } = argumentsOf(type, written);
    const own = Object.entries(options).map(([name, value]) => [kerasKey(name), value as Json]);
    return { args, kwargs: { ...kwargs, ...Object.fromEntries(own) } };
  });
}

/** References to values, as Keras writes them: one, a list, or by name. */
export function referencesToKeras(references: unknown): Json {
  return mapValues(references, (value) => value as Json);
}

function argumentsOf(type: string, inputs: Json): { readonly args: Json; readonly kwargs: JsonObject } {
  const form = callFormOf(type);
  if (form === 'list' || !Array.isArray(inputs)) return { args: [inputs], kwargs: {} };
  if (form !== 'recurrent') return { args: inputs, kwargs: {} };
  const [sequence = null, ...states] = inputs as Json[];
  return { args: [sequence], kwargs: states.length > 0 ? { initial_state: states } : {} };
}

/** Applies a function to the values of a form that holds references or constants. */
function mapValues(form: unknown, f: (value: unknown) => Json): Json {
  if (isValue(form)) return f(form);
  if (Array.isArray(form)) return form.map((item) => mapValues(item, f));
  invariant(isJsonObject(form), 'inputs of a layer are values, a list of them, or have names');
  return Object.fromEntries(Object.entries(form).map(([name, item]) => [name, mapValues(item, f)]));
}

function isValue(form: unknown): boolean {
  return Array.isArray(form) ? typeof form[0] === 'string' : isJsonObject(form) && 'constant' in form;
}

function valueToKeras(value: unknown, spec: TensorSpec | undefined): Json {
  if (Array.isArray(value)) {
    const { shape = null, dtype = 'float32' } = spec ?? {};
    return {
      class_name: '__keras_tensor__',
      config: { shape, dtype, keras_history: value },
    } as unknown as Json;
  }
  const { constant } = value as { readonly constant: { shape: number[]; data: number[]; dtype: string } };
  const nested = nest(constant.data, constant.shape);
  return { class_name: '__tensor__', config: { value: nested, dtype: constant.dtype } };
}

function nest(data: readonly number[], [extent, ...rest]: readonly number[]): Json {
  if (extent === undefined) return data[0] ?? null;
  const size = data.length / extent;
  return Array.from({ length: extent }, (_, i) => nest(data.slice(i * size, (i + 1) * size), rest));
}

/** The applications in the graph of a model, in order; none for what is no functional model. */
function callsOf(model: AnyLayer | undefined): readonly LayerCall[] {
  if (!model || !('graph' in model)) return [];
  return (model.graph as { readonly calls: readonly LayerCall[] }).calls;
}

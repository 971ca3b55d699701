import { ownKey } from '../../layers/keras-keys.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { callFormOf } from './call-arguments.ts';
import { isJsonObject, isKerasObject, type Json, type JsonObject } from './keras-object.ts';

/** Arguments without meaning here: Antler finds masks, and the mode of training, itself. */
const IMPLIED: ReadonlySet<string> = new Set(['mask', 'training']);

/**
 * One application of a layer, in our words.
 * @param node of Keras 3, or of older files: a list of [layer, node, tensor, arguments]
 */
export function callFromKeras(node: Json, type: string, where: string): object {
  if (Array.isArray(node)) return oldCall(node, where);
  if (!isJsonObject(node) || !Array.isArray(node.args)) {
    throw new AntlerDataError({ where, expected: 'a call with args and kwargs', got: typeof node });
  }
  const keywords = isJsonObject(node.kwargs) ? node.kwargs : {};
  const given = [...node.args].map((argument: Json) => valueFrom(argument, where));
  const { inputs, rest } = arrange(given, keywords, type, where);
  return { inputs, options: optionsOf(rest, where) };
}

interface Arranged {
  readonly inputs: unknown;
  readonly rest: JsonObject;
}

/** Puts the arguments that are inputs together as our layers take them. */
function arrange(given: readonly unknown[], keywords: JsonObject, type: string, where: string): Arranged {
  const form = callFormOf(type);
  if (form === 'recurrent') {
    const { initial_state: states = null, ...rest } = keywords;
    const first = states === null ? [] : [valueFrom(states, where)];
    const all = [...given, ...(isReferenceLike(first[0]) ? first : first.flat())].filter(
      (value) => value !== null,
    );
    return { inputs: all.length === 1 ? all[0] : all, rest };
  }
  if (form !== 'list') {
    const named = form.slice(given.length).map((name) => keywords[name] ?? null);
    const inputs = [
      ...given,
      ...named.filter((value) => value !== null).map((value) => valueFrom(value, where)),
    ];
    return { inputs, rest: without(keywords, form) };
  }
  if (given.length === 1) return { inputs: given[0], rest: keywords };
  const { inputs, ...rest } = keywords;
  if (given.length === 0 && inputs !== undefined) return { inputs: valueFrom(inputs, where), rest };
  throw new AntlerDataError({ where, expected: 'one argument with all inputs', got: `${given.length}` });
}

function optionsOf(keywords: JsonObject, where: string): Record<string, unknown> {
  const set = Object.entries(keywords).filter(([, value]) => value !== null);
  const odd = set.find(
    ([name, value]) => !IMPLIED.has(name) && (isKerasObject(value) || Array.isArray(value)),
  );
  if (odd) {
    const got = `a tensor for ${odd[0]}`;
    throw new AntlerDataError({ where, expected: 'arguments that are numbers or yes and no', got });
  }
  const kept = set.filter(([name, value]) => name !== 'mask' && !isKerasObject(value));
  return Object.fromEntries(kept.map(([name, value]) => [ownKey(name), value]));
}

/** A value, a list of them, or values by name. */
function valueFrom(argument: Json, where: string): unknown {
  if (argument === null) return null;
  if (Array.isArray(argument)) return argument.map((item: Json) => valueFrom(item, where));
  if (!isJsonObject(argument)) throw unusable(where, JSON.stringify(argument));
  if (!isKerasObject(argument)) {
    return Object.fromEntries(Object.entries(argument).map(([name, item]) => [name, valueFrom(item, where)]));
  }
  const config = isJsonObject(argument.config) ? argument.config : {};
  if (argument.class_name === '__keras_tensor__' && Array.isArray(config.keras_history))
    return config.keras_history;
  if (argument.class_name === '__tensor__' || argument.class_name === '__numpy__') return constantOf(config);
  throw unusable(where, String(argument.class_name));
}

function constantOf({ value = null, dtype = 'float32' }: JsonObject): object {
  const shape: number[] = [];
  for (let item: Json | undefined = value; Array.isArray(item); item = item[0]) shape.push(item.length);
  const data = ([value] as unknown[]).flat(Number.POSITIVE_INFINITY);
  return { constant: { dtype, shape, data: data.map(Number) } };
}

/** Keras 2 and TensorFlow.js: a list with one entry for each input. */
function oldCall(node: readonly Json[], where: string): object {
  const entries = typeof node[0] === 'string' ? [node] : node;
  const references = entries.map((entry) => {
    if (Array.isArray(entry) && typeof entry[0] === 'string') return entry.slice(0, 3);
    throw unusable(where, JSON.stringify(entry).slice(0, 80));
  });
  const last = entries.at(-1);
  const keywords = Array.isArray(last) && isJsonObject(last[3]) ? last[3] : {};
  return {
    inputs: references.length === 1 ? references[0] : references,
    options: optionsOf(keywords, where),
  };
}

function isReferenceLike(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'string';
}

function without(keywords: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(keywords).filter(([name]) => !names.includes(name)));
}

function unusable(where: string, got: string): AntlerDataError {
  return new AntlerDataError({ where, expected: 'inputs that layers of the model give', got });
}

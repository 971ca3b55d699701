import type { CallbackState } from '../callbacks/callback.ts';
import type { CallbackList, RememberedCallback } from '../callbacks/callback-list.ts';
import { storedCount, storedObject, storedOptionalNumber, storedValue } from '../callbacks/stored-values.ts';
import type { Resumable } from '../data/resumable.ts';
import { readCheckpoint, writeCheckpoint } from '../io/checkpoint.ts';
import type { NamedArray } from '../io/safetensors-format.ts';
import { byName, restoreVariables, storeVariables } from '../io/stored-variables.ts';
import { fromHost } from '../tensor/tensor.ts';
import { AntlerDataError } from '../util/errors.ts';
import type { Json, JsonObject } from '../util/exact-json.ts';
import type { AnyModel } from './model.ts';

/** What a training consists of, apart from its place. */
export interface TrainingParts {
  readonly model: AnyModel;
  readonly data: Resumable;
  readonly callbacks: CallbackList;
}

/** Variables of the model are stored under this, those of callbacks under their own. */
const MODEL = 'model/';
const callbackPrefix = (index: number) => `callbacks/${index}/`;

/** What is stored beside arrays. */
interface TrainingRecord {
  readonly epoch: number;
  readonly step: number;
  /** Whether a callback has ended the training. */
  readonly isStopped: boolean;
  /**
   * The variable has it rounded to float32, which is not enough for callbacks that compute with it. Null under a
   * schedule.
   */
  readonly learningRate: number | null;
  readonly data: Json;
  readonly callbacks: readonly Json[];
}

/** Saves a training where it stands: model, optimizer, figures so far, random streams, data, callbacks. */
export async function saveTraining(path: string, parts: TrainingParts, isStopped: boolean): Promise<void> {
  const { model, data } = parts;
  const { learningRate } = model.optimizer.getConfig();
  const callbacks = await Promise.all(parts.callbacks.remembered.map(storeCallback));
  const state = {
    ...model.trainingState,
    isStopped,
    learningRate: typeof learningRate === 'function' ? null : learningRate,
    data: data.state(),
    callbacks: callbacks.map(({ record }) => record),
  } satisfies TrainingRecord;
  const variables = await storeVariables(byName(model.stateVariables));
  const arrays = [...prefixed(variables, MODEL), ...callbacks.flatMap((callback) => callback.arrays)];
  await writeCheckpoint(path, { arrays, state });
}

/**
 * Puts a training where the saved one stood.
 * @returns whether a callback had ended it
 * @throws AntlerDataError if the file is damaged or of another model, other data or other callbacks
 */
export async function restoreTraining(path: string, parts: TrainingParts): Promise<boolean> {
  const { model, data, callbacks } = parts;
  const { arrays, state } = await readCheckpoint(path);
  const record = readRecord(storedObject(state, 'the training', path), path);
  const stored = record.callbacks.map((one, index) => readCallback(one, arrays, index, path));
  const remembered = callbacks.remembered;
  requireSameCallbacks(remembered, stored, path);
  data.restore(record.data);
  restoreVariables(byName(model.stateVariables), withPrefix(arrays, MODEL), path);
  if (record.learningRate !== null) model.optimizer.learningRate = record.learningRate;
  model.trainingState = { epoch: record.epoch, step: record.step };
  for (const [index, callback] of remembered.entries()) {
    const own = stored[index];
    if (own) await callback.restoreState(own.state);
  }
  return record.isStopped;
}

async function storeCallback(callback: RememberedCallback, index: number) {
  const { values, tensors = [] } = await callback.saveState();
  const record = { name: nameOf(callback), values, tensors: tensors.length };
  const arrays = await Promise.all(
    tensors.map(async (tensor, i) => {
      const { shape, dtype } = tensor;
      return { name: `${callbackPrefix(index)}${i}`, shape, dtype, data: await tensor.data() };
    }),
  );
  return { record, arrays };
}

interface StoredCallback {
  readonly name: string;
  readonly state: CallbackState;
}

function readCallback(
  record: Json,
  arrays: readonly NamedArray[],
  index: number,
  path: string,
): StoredCallback {
  const stored = storedObject(record, 'a callback', path);
  const count = storedCount(stored, 'tensors', path);
  const values = storedObject(stored.values, 'values', path);
  const name = storedValue(stored, 'name', 'string', path);
  const own = new Map(withPrefix(arrays, callbackPrefix(index)).map((array) => [array.name, array]));
  const tensors = Array.from(own.keys(), (_, i) => {
    const array = own.get(`${i}`);
    if (array && own.size === count) return fromHost(array.data, array.shape, array.dtype);
    throw new AntlerDataError({ where: path, expected: `${count} tensors of ${name}`, got: `${own.size}` });
  });
  return { name, state: count === 0 ? { values } : { values, tensors } };
}

function readRecord(state: JsonObject, path: string): TrainingRecord {
  const { data = null, callbacks } = state;
  if (!Array.isArray(callbacks)) {
    throw new AntlerDataError({ where: path, expected: 'the state of a training', got: 'another state' });
  }
  return {
    epoch: storedCount(state, 'epoch', path),
    step: storedCount(state, 'step', path),
    isStopped: storedValue(state, 'isStopped', 'boolean', path),
    learningRate: storedOptionalNumber(state, 'learningRate', path) ?? null,
    data,
    callbacks,
  };
}

function requireSameCallbacks(
  present: readonly RememberedCallback[],
  stored: readonly StoredCallback[],
  path: string,
): void {
  const [got, expected] = [present.map(nameOf).join(', '), stored.map(({ name }) => name).join(', ')];
  if (got === expected) return;
  throw new AntlerDataError({
    where: path,
    expected: `the callbacks of the saved training (${expected})`,
    got,
    fix: 'give fit the same callbacks in the same order, or begin anew with another file',
  });
}

function nameOf({ name = 'callback' }: RememberedCallback): string {
  return name;
}

function prefixed(arrays: readonly NamedArray[], prefix: string): NamedArray[] {
  return arrays.map((array) => ({ ...array, name: `${prefix}${array.name}` }));
}

/** The arrays under a prefix, without it. */
function withPrefix(arrays: readonly NamedArray[], prefix: string): NamedArray[] {
  const own = arrays.filter(({ name }) => name.startsWith(prefix));
  return own.map((array) => ({ ...array, name: array.name.slice(prefix.length) }));
}

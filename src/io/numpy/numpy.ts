import { readFile, writeFileAtomic } from '#platform';
import { hostTensor, type TensorLike, toTensor } from '../../ops/convert.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { decodeNpy, type NpyArray } from './npy-decode.ts';
import { encodeNpy } from './npy-encode.ts';
import { decodeNpz, encodeNpz } from './npz.ts';

/**
 * The array of a .npy file, of a path or of its bytes. 64-bit integers become int32.
 * @throws AntlerDataError for a damaged file, and for pickled objects
 */
export async function loadNpy(source: string | Uint8Array): Promise<Tensor> {
  const [bytes, name] = await bytesOf(source, '.npy');
  return tensorOf(decodeNpy(bytes, name), name);
}

/** Writes a tensor to a .npy file. */
export async function saveNpy(path: string, value: TensorLike): Promise<void> {
  await writeFileAtomic(path, encodeNpy(await arrayOf(value)));
}

/**
 * The arrays of a .npz archive by name, of a path or of its bytes.
 * @throws AntlerDataError for a damaged file, and for pickled objects
 */
export async function loadNpz(source: string | Uint8Array): Promise<Record<string, Tensor>> {
  const [bytes, name] = await bytesOf(source, '.npz');
  const arrays = await decodeNpz(bytes, name);
  return Object.fromEntries(Array.from(arrays, ([key, array]) => [key, tensorOf(array, `${name}/${key}`)]));
}

/** Writes tensors to a .npz archive. */
export async function saveNpz(path: string, values: Readonly<Record<string, TensorLike>>): Promise<void> {
  const arrays = new Map<string, NpyArray>();
  for (const [name, value] of Object.entries(values)) arrays.set(name, await arrayOf(value));
  await writeFileAtomic(path, await encodeNpz(arrays));
}

async function bytesOf(source: string | Uint8Array, kind: string): Promise<[Uint8Array, string]> {
  return typeof source === 'string' ? [await readFile(source), source] : [source, `${kind} data`];
}

function tensorOf({ data, shape, dtype }: NpyArray, where: string): Tensor {
  return hostTensor(data, shape, dtype, where);
}

async function arrayOf(value: TensorLike): Promise<NpyArray> {
  const tensor = toTensor(value, 'value');
  return { dtype: tensor.dtype, shape: tensor.shape, data: await tensor.data() };
}

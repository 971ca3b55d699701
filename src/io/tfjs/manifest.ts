import { allocate, bytesPerElement, type DType } from '../../util/dtypes.ts';
import { AntlerDataError, AntlerValueError } from '../../util/errors.ts';
import { formatShape, sizeOf } from '../../util/shapes.ts';
import { isJsonObject, type Json, type JsonObject } from '../keras/keras-object.ts';
import type { NamedArray } from '../safetensors-format.ts';

/** Bytes of a file of weights: what browsers like to cache. */
const SHARD_BYTES = 4 * 2 ** 20;

/** A file of weights. */
export interface Shard {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Arrays as shards, and the manifest that finds them again. @throws AntlerValueError for float64 */
export function encodeShards(arrays: readonly NamedArray[]): {
  readonly manifest: Json;
  readonly shards: readonly Shard[];
} {
  const total = arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
  const all = new Uint8Array(total);
  let offset = 0;
  const weights = arrays.map(({ name, dtype, shape, data }) => {
    if (dtype === 'float64') {
      throw new AntlerValueError({ where: name, expected: 'float32, for TensorFlow.js', got: dtype });
    }
    all.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
    return { name, shape, dtype };
  });
  const count = Math.max(1, Math.ceil(total / SHARD_BYTES));
  const shards = Array.from({ length: count }, (_, i) => ({
    path: `group1-shard${i + 1}of${count}.bin`,
    bytes: all.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES),
  }));
  return { manifest: [{ paths: shards.map(({ path }) => path), weights }] as unknown as Json, shards };
}

/** A group of a manifest: files whose bytes, one after the other, are arrays. */
export interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: readonly JsonObject[];
}

/** The groups of a manifest. @throws AntlerDataError for another form, and for files outside the folder of the model */
export function readManifest(manifest: Json, file: string): readonly ManifestGroup[] {
  if (!Array.isArray(manifest)) throw malformed(file, 'a list weightsManifest', typeof manifest);
  return manifest.map((group: Json) => {
    const { paths, weights } = isJsonObject(group) ? group : ({} as JsonObject);
    if (!Array.isArray(paths) || !Array.isArray(weights) || !weights.every(isJsonObject)) {
      throw malformed(file, 'groups of paths and weights', typeof group);
    }
    for (const path of paths) {
      const isInside =
        typeof path === 'string' && /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !/(^|\/)\.\.(\/|$)/.test(path);
      if (!isInside) throw malformed(file, 'files beside the model', JSON.stringify(path).slice(0, 80));
    }
    return { paths: paths as readonly string[], weights };
  });
}

/** The arrays of a group. @throws AntlerDataError unless they fill the bytes exactly */
export function decodeGroup({ weights }: ManifestGroup, bytes: Uint8Array, file: string): NamedArray[] {
  const specs = weights.map((weight) => readSpec(weight, file));
  const wanted = specs.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (wanted !== bytes.length) throw malformed(file, `${wanted} bytes of weights`, `${bytes.length}`);
  let offset = 0;
  return specs.map(({ name, dtype, shape, byteLength }) => {
    const data = allocate(dtype, sizeOf(shape));
    new Uint8Array(data.buffer).set(bytes.subarray(offset, offset + byteLength));
    offset += byteLength;
    return { name, dtype, shape, data };
  });
}

interface Spec {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly byteLength: number;
}

const DTYPES: readonly DType[] = ['float32', 'int32', 'bool', 'uint8'];

function readSpec({ name, dtype, shape, quantization }: JsonObject, file: string): Spec {
  const where = `${file}, ${String(name).slice(0, 80)}`;
  if (quantization !== undefined) {
    throw malformed(where, 'weights as they are', 'quantized ones', 'convert the model without quantization');
  }
  const known = DTYPES.find((candidate) => candidate === dtype);
  if (!known) throw malformed(where, `a dtype (${DTYPES.join(', ')})`, String(dtype));
  const isExtent = (extent: Json) => Number.isSafeInteger(extent) && (extent as number) >= 0;
  if (typeof name !== 'string' || !Array.isArray(shape) || !shape.every(isExtent)) {
    throw malformed(where, 'a name and a shape', JSON.stringify(shape ?? null).slice(0, 80));
  }
  const extents = shape as readonly number[];
  const byteLength = sizeOf(extents) * bytesPerElement(known);
  if (Number.isSafeInteger(byteLength)) return { name, dtype: known, shape: extents, byteLength };
  throw malformed(where, 'a shape that fits into memory', formatShape(extents));
}

function malformed(where: string, expected: string, got: string, fix?: string): AntlerDataError {
  return new AntlerDataError({ where, expected, got, ...(fix ? { fix } : {}) });
}

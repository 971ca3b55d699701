import type { Stored } from '../../zoo/study.ts';

const ARRAYS = { Float32Array, Float64Array, Int32Array, Uint8Array } as const;

type ArrayName = keyof typeof ARRAYS;

/** Writes a result as JSON; arrays of numbers as the base64 of their little-endian bytes. */
export function encodeStored(value: Stored): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    for (const [name, type] of Object.entries(ARRAYS)) {
      if (part instanceof type) {
        const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
        return { $array: name, base64: bytes.toString('base64') };
      }
    }
    if (typeof part === 'number' && !Number.isFinite(part)) return { $number: String(part) };
    return part;
  });
}

/** Reads what `encodeStored` wrote. @throws SyntaxError if it is not JSON */
export function decodeStored(text: string): Stored {
  return JSON.parse(text, (_key, part: unknown) => {
    if (isEncodedArray(part)) {
      const bytes = Uint8Array.from(Buffer.from(part.base64, 'base64'));
      return new ARRAYS[part.$array](bytes.buffer);
    }
    if (isEncodedNumber(part)) return Number(part.$number);
    return part;
  });
}

function isEncodedArray(part: unknown): part is { $array: ArrayName; base64: string } {
  return typeof part === 'object' && part !== null && '$array' in part && 'base64' in part;
}

function isEncodedNumber(part: unknown): part is { $number: string } {
  return typeof part === 'object' && part !== null && '$number' in part;
}

/** Figures at one step of a run, for TensorBoard. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** Whole number >= 0. */
  readonly step: number;
  readonly scalars: ReadonlyMap<string, number>;
}

/** What stands at the beginning of an event file. */
export interface VersionEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
}

/** Kinds of fields in protocol buffers: https://protobuf.dev/programming-guides/encoding/#structure */
const VARINT = 0;
const BITS64 = 1;
const BYTES = 2;
const BITS32 = 5;

/**
 * The message `Event` with figures as `Summary.Value`s.
 * Fields: tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto
 */
export function encodeScalars({ wallTime, step, scalars }: ScalarEvent): Uint8Array {
  const values = Array.from(scalars, ([tag, value]) =>
    delimited(1, [...delimited(1, new TextEncoder().encode(tag)), ...float(2, value)]),
  );
  return Uint8Array.from([...double(1, wallTime), ...integer(2, step), ...delimited(5, values.flat())]);
}

/** The message `Event` that names the version of the format, the first of a file. */
export function encodeVersion({ wallTime }: VersionEvent): Uint8Array {
  return Uint8Array.from([
    ...double(1, wallTime),
    ...delimited(3, new TextEncoder().encode('brain.Event:2')),
  ]);
}

function key(field: number, kind: number): number {
  return (field << 3) | kind;
}

function integer(field: number, value: number): number[] {
  return [key(field, VARINT), ...varint(value)];
}

function delimited(field: number, bytes: ArrayLike<number>): number[] {
  return [key(field, BYTES), ...varint(bytes.length), ...Array.from(bytes)];
}

function double(field: number, value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [key(field, BITS64), ...bytes];
}

function float(field: number, value: number): number[] {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [key(field, BITS32), ...bytes];
}

/** Seven bits a byte, the lowest first; numbers may be larger than 32 bits. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

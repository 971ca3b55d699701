/** Reads the number formats of the WebAssembly binary format. */
export class ByteReader {
  readonly #view: DataView;
  #position: number;
  readonly #end: number;

  constructor(view: DataView, start = 0, end = view.byteLength) {
    this.#view = view;
    this.#position = start;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#end;
  }

  byte(): number {
    return this.#view.getUint8(this.#position++);
  }

  skip(bytes: number): void {
    this.#position += bytes;
  }

  /** LEB128 of an unsigned 32-bit number. */
  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** LEB128 of a signed number of at most 64 bits. */
  signed(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, value);
    }
  }

  float32(): number {
    this.#position += 4;
    return this.#view.getFloat32(this.#position - 4, true);
  }

  float64(): number {
    this.#position += 8;
    return this.#view.getFloat64(this.#position - 8, true);
  }

  uint32(): number {
    this.#position += 4;
    return this.#view.getUint32(this.#position - 4, true);
  }

  name(): string {
    const length = this.unsigned();
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = this.byte();
    return new TextDecoder().decode(bytes);
  }

  /** As many items as the number in front of them says. */
  vector<T>(read: (index: number) => T): T[] {
    return Array.from({ length: this.unsigned() }, (_, index) => read(index));
  }

  /** A reader of the stretch whose length stands in front of it. */
  sized(): ByteReader {
    const length = this.unsigned();
    const inner = new ByteReader(this.#view, this.#position, this.#position + length);
    this.#position += length;
    return inner;
  }
}

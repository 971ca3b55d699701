import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../../util/errors.ts';
import { readZip } from './read-zip.ts';
import { writeZip, type ZipMember } from './write-zip.ts';

const text = (value: string) => new TextEncoder().encode(value);
const MEMBERS: readonly ZipMember[] = [
  { name: 'config.json', bytes: text('{"a": 1}') },
  { name: 'deep/empty', bytes: new Uint8Array() },
  { name: 'weights', bytes: Uint8Array.from({ length: 300 }, (_, i) => i) },
];

/** The CRC-32 of zip archives, by the definition. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** An archive of one member, deflated, that says whatever it is told to say. */
function archive(
  name: string,
  content: Uint8Array,
  claims: { readonly size?: number; readonly flags?: number } = {},
) {
  const packed = deflateRawSync(content);
  const { size = content.length, flags = 0 } = claims;
  const fields = (view: DataView, at: number) => {
    view.setUint16(at, 20, true);
    view.setUint16(at + 2, flags, true);
    view.setUint16(at + 4, 8, true);
    view.setUint32(at + 10, crc32(content), true);
    view.setUint32(at + 14, packed.length, true);
    view.setUint32(at + 18, size, true);
    view.setUint16(at + 22, name.length, true);
  };
  const local = new Uint8Array(30 + name.length);
  const localView = new DataView(local.buffer);
  localView.setUint32(0, 0x04034b50, true);
  fields(localView, 4);
  local.set(text(name), 30);
  const central = new Uint8Array(46 + name.length);
  const centralView = new DataView(central.buffer);
  centralView.setUint32(0, 0x02014b50, true);
  centralView.setUint16(4, 20, true);
  fields(centralView, 6);
  central.set(text(name), 46);
  const end = new Uint8Array(22);
  const endView = new DataView(end.buffer);
  endView.setUint32(0, 0x06054b50, true);
  endView.setUint16(8, 1, true);
  endView.setUint16(10, 1, true);
  endView.setUint32(12, central.length, true);
  endView.setUint32(16, local.length + packed.length, true);
  return Uint8Array.from([...local, ...packed, ...central, ...end]);
}

/** Replaces a name by another of its length, in both places where an archive has it. */
function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const changed = bytes.slice();
  const wanted = text(from);
  for (let i = 0; i + wanted.length <= changed.length; i++) {
    if (wanted.every((byte, j) => changed[i + j] === byte)) changed.set(text(to), i);
  }
  return changed;
}

describe('a zip archive', () => {
  it('is read as it was written, and written the same each time', async () => {
    const bytes = await writeZip(MEMBERS);
    expect(await readZip(bytes, { file: 'a.zip' })).toEqual(
      new Map(MEMBERS.map(({ name, bytes: b }) => [name, b])),
    );
    expect(await writeZip(MEMBERS)).toEqual(bytes);
  });

  it('may be deflated', async () => {
    const content = new Uint8Array(5000).fill(7);
    expect(await readZip(archive('a', content), { file: 'a.zip' })).toEqual(new Map([['a', content]]));
  });

  it.each(['../evil12345', '/etc/passwd1', 'C:/windows12', 'a/../../evil', '..\\evil1234'])(
    'is refused with the name %s',
    async (name) => {
      const bytes = archive(name, text('x'));
      await expect(readZip(bytes, { file: 'a.zip' })).rejects.toThrow(/expected a name inside the archive/);
    },
  );

  it('is refused with a name twice', async () => {
    const bytes = await writeZip([
      { name: 'one', bytes: text('1') },
      { name: 'two', bytes: text('2') },
    ]);
    await expect(readZip(renamed(bytes, 'two', 'one'), { file: 'a.zip' })).rejects.toThrow(AntlerDataError);
  });

  it('is refused with a lying size, before anything is allocated', async () => {
    const content = new Uint8Array(1000);
    const read = (size: number) => readZip(archive('a', content, { size }), { file: 'a.zip' });
    await expect(read(2 ** 32 - 2)).rejects.toThrow(
      /^a.zip, member 'a': expected at most \d+ bytes in \d+, got/,
    );
    await expect(read(999)).rejects.toThrow(AntlerDataError);
    await expect(read(1001)).rejects.toThrow(AntlerDataError);
  });

  it('is refused when it holds more than it may', async () => {
    const bomb = archive('bomb', new Uint8Array(10_000_000));
    expect(bomb.length).toBeLessThan(20_000);
    await expect(readZip(bomb, { file: 'a.zip', maximumBytes: 1_000_000 })).rejects.toThrow(
      "a.zip, member 'bomb': expected at most 1000000 bytes in all, got 10000000",
    );
  });

  it('is refused when it is encrypted', async () => {
    const bytes = archive('a', text('secret'), { flags: 1 });
    await expect(readZip(bytes, { file: 'a.zip' })).rejects.toThrow(AntlerDataError);
  });

  it('is refused when it ends at any byte', async () => {
    const bytes = await writeZip(MEMBERS);
    for (let length = 0; length < bytes.length; length++) {
      await expect(readZip(bytes.slice(0, length), { file: 'a.zip' })).rejects.toThrow(AntlerDataError);
    }
  });

  it('is refused or reads the same when a byte is another', async () => {
    const bytes = await writeZip(MEMBERS);
    const whole = await readZip(bytes, { file: 'a.zip' });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const damaged = bytes.slice();
        damaged[place] = (damaged[place] ?? 0) ^ change;
        const result = await readZip(damaged, { file: 'a.zip' }).catch((error: unknown) => error);
        if (!(result instanceof AntlerDataError)) expect(result).toEqual(whole);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

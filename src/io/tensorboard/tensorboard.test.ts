import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';
import { encodeScalars, encodeVersion } from './event.ts';
import { encodeRecord } from './record.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4
  it.each([
    ['zeros', new Uint8Array(32), 0x8a9136aa],
    ['ones', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['ascending bytes', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['the digits', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('of %s', (_name, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('event files', () => {
  // bytes as the package tensorboard 2.21.0 writes them
  it('begin with a version', () => {
    expect(hex(encodeRecord(encodeVersion({ wallTime: 1.5 })))).toBe(
      '1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c',
    );
  });

  it('hold figures', () => {
    const event = {
      wallTime: 1754049600.25,
      step: 300,
      scalars: new Map([
        ['epoch_loss', 0.1],
        ['epoch_accuracy', 1],
      ]),
    };
    expect(hex(encodeRecord(encodeScalars(event)))).toBe(
      '3800000000000000a3797d5709000010102b23da4110ac022a2a0a110a0a65706f63685f6c6f737315cdcccc3d0a150a0e65706f63685f6163637572616379150000803f3f6af47e',
    );
  });

  it('hold steps beyond 32 bits', () => {
    const event = encodeScalars({ wallTime: 0, step: 2 ** 40, scalars: new Map() });
    expect(hex(event.slice(9, 16))).toBe('10808080808020');
  });
});

import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodePng, pngUrl } from './png.ts';

describe('encodePng', () => {
  it.each([1, 3, 4] as const)('is read back by another decoder, %i channels', (channels) => {
    const data = Uint8Array.from({ length: 5 * 4 * channels }, (_, i) => (i * 37) % 256);
    const decoded = decode(encodePng({ width: 5, height: 4, channels, data }));
    expect(decoded).toMatchObject({ width: 5, height: 4, channels, depth: 8 });
    expect([...decoded.data]).toEqual([...data]);
  });

  it('needs several blocks for a picture of more than 64 KiB', () => {
    const data = Uint8Array.from({ length: 300 * 400 }, (_, i) => (i * 7) % 251);
    expect([...decode(encodePng({ width: 300, height: 400, channels: 1, data })).data]).toEqual([...data]);
  });

  it('becomes a data URL', () => {
    const url = pngUrl({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });
    expect(url).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  });
});

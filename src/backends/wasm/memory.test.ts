import { describe, expect, it } from 'vitest';
import { AntlerResourceError } from '../../util/errors.ts';
import { EngineMemory } from './memory.ts';

const MEBIBYTE = 2 ** 20;

describe.each([{ shared: true }, { shared: false }])('EngineMemory (shared: $shared)', ({ shared }) => {
  const create = (maximumBytes = 256 * MEBIBYTE) => new EngineMemory({ shared, maximumBytes });

  it('hands out aligned ranges that do not overlap, never address 0', () => {
    const memory = create();
    const sizes = [1, 64, 65, 0, 100_000, 12];
    const ranges = sizes.map((bytes) => ({ start: memory.alloc(bytes), bytes }));
    ranges.sort((a, b) => a.start - b.start);
    ranges.forEach(({ start }, index) => {
      const before = ranges[index - 1];
      expect(start % 64).toBe(0);
      expect(start).toBeGreaterThanOrEqual(before ? before.start + before.bytes : 64);
    });
    expect(memory.bytesInUse).toBe(64 + 64 + 128 + 64 + 100_032 + 64);
  });

  it('joins freed neighbours in any order and uses them again', () => {
    const memory = create();
    const blocks = [1, 2, 3, 4].map(() => memory.alloc(1024));
    for (const index of [1, 3, 0, 2]) memory.free(blocks[index] ?? Number.NaN);
    expect(memory.alloc(4096)).toBe(blocks[0]);
    expect(memory.bytesInUse).toBe(4096);
    expect(memory.peakBytes).toBe(4096);
  });

  it('grows and keeps the contents', () => {
    const memory = create();
    const first = memory.alloc(64);
    memory.elements('float64', first, 2).set([Math.PI, Math.E]);
    const large = memory.alloc(100 * MEBIBYTE);
    memory.bytes(large, 100 * MEBIBYTE).fill(7, -1);
    expect([...memory.elements('float64', first, 2)]).toEqual([Math.PI, Math.E]);
    expect(memory.capacityBytes).toBeGreaterThanOrEqual(100 * MEBIBYTE);
    memory.free(large);
    memory.alloc(100 * MEBIBYTE);
    expect(memory.capacityBytes).toBeLessThan(120 * MEBIBYTE);
  });

  it('grows to the last byte, then refuses with the figures and stays usable', () => {
    const memory = create(32 * MEBIBYTE);
    const most = memory.alloc(32 * MEBIBYTE - 128);
    expect(memory.capacityBytes).toBe(32 * MEBIBYTE);
    expect(() => memory.alloc(65)).toThrow(
      `engine memory: expected room for 128 bytes more, got ${32 * MEBIBYTE - 128} bytes in use of at most ` +
        `${32 * MEBIBYTE}; use a smaller batch, or let go of tensors that are no longer needed`,
    );
    expect(() => memory.alloc(2 ** 40)).toThrow(AntlerResourceError);
    memory.free(most);
    memory.free(memory.alloc(16 * MEBIBYTE));
    expect(memory.bytesInUse).toBe(0);
  });

  it('reports a wrong free as a bug', () => {
    const memory = create();
    const address = memory.alloc(8);
    memory.free(address);
    expect(() => memory.free(address)).toThrow('freed twice or was never allocated');
  });

  it('survives ten thousand random allocations and frees', () => {
    const memory = create();
    const held: number[] = [];
    let state = 1;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let step = 0; step < 10_000; step++) {
      if (held.length > 0 && random(2) === 0)
        memory.free(held.splice(random(held.length), 1)[0] ?? Number.NaN);
      else held.push(memory.alloc(random(5000)));
    }
    for (const address of held) memory.free(address);
    expect(memory.bytesInUse).toBe(0);
    expect(memory.alloc(memory.capacityBytes - 64)).toBe(64);
  });
});

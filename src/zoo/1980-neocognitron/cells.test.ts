import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import { type CWindow, cCells, type SWindow, sCells, thresholdOf, vCells } from './cells.ts';
import { SLayer } from './s-layer.ts';
import { gaussianWindow } from './windows.ts';

const WINDOW: SWindow = { size: 3, deviation: 1, dilation: 1, padding: [0, 0] };
const PLANES = 2;
const INPUTS = 9 * PLANES;

function pattern(chance: NumberStream): Float32Array {
  return Float32Array.from({ length: INPUTS }, () => chance.uniform());
}

function picture(values: Float32Array) {
  return tensor(values, [1, 3, 3, PLANES]);
}

/** Cosine between what two cells see, each place as much as the V-cell counts it. */
function cosine(x: Float32Array, y: Float32Array): number {
  const c = gaussianWindow(3, 1);
  const product = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, i) => sum + at(c, Math.floor(i / PLANES)) * value * at(b, i), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

describe('S-cells', () => {
  it('of selectivity r are silent up to a cosine of r / (1 + r)', () => {
    expect(thresholdOf(4)).toBeCloseTo(0.8, 12);
    expect(thresholdOf(1.5)).toBeCloseTo(0.6, 12);
  });

  it('are silent if and only if the cosine with what they learned is at most θ', async () => {
    const chance = new NumberStream(7);
    const layer = new SLayer(WINDOW, PLANES);
    const learned = pattern(chance);
    layer.addPlane(picture(learned), 0, 0);
    let silent = 0;
    for (let i = 0; i < 100; i++) {
      const seen = pattern(chance);
      const cos = cosine(seen, learned);
      for (const threshold of [0.6, 0.8, 0.9]) {
        const response = await sCells(picture(seen), layer.connections, WINDOW, threshold).item();
        expect(response > 0).toBe(cos > threshold);
        expect(response).toBeCloseTo(Math.max(0, cos - threshold) / (1 - threshold), 2);
        silent += Number(response === 0);
      }
    }
    expect(silent).toBeGreaterThan(50);
    expect(silent).toBeLessThan(250);
  });

  it('do not care how strong the picture is', async () => {
    const chance = new NumberStream(3);
    const layer = new SLayer(WINDOW, PLANES);
    layer.addPlane(picture(pattern(chance)), 0, 0);
    const seen = pattern(chance);
    const response = (factor: number) =>
      sCells(picture(seen.map((value) => factor * value)), layer.connections, WINDOW, 0.5).item();
    expect(await response(0.5)).toBeCloseTo(Number(await response(2)), 2);
  });

  it('are silent before they learned, and where there is nothing', async () => {
    const nothing = picture(new Float32Array(INPUTS));
    const layer = new SLayer(WINDOW, PLANES);
    layer.addPlane(picture(pattern(new NumberStream(1))), 0, 0);
    expect(await sCells(nothing, layer.connections, WINDOW, 0.5).item()).toBe(0);
    const seen = await new SLayer(WINDOW, PLANES).look(picture(pattern(new NumberStream(2))), 0.5);
    expect([...seen.strongest]).toEqual([0]);
    expect(at(seen.v, 0)).toBeGreaterThan(0);
  });
});

describe('V-cells', () => {
  it('are the weighted root mean square of all planes', async () => {
    const seen = pattern(new NumberStream(5));
    const c = gaussianWindow(3, 1);
    const expected = seen.reduce((sum, u, i) => sum + (at(c, Math.floor(i / PLANES)) / PLANES) * u * u, 0);
    expect(await vCells(picture(seen), WINDOW).item()).toBeCloseTo(Math.sqrt(expected), 5);
  });
});

describe('C-cells', () => {
  const pool: CWindow = { size: 3, deviation: 1, stride: 2, halfAt: 0.25 };

  it('answer wherever a feature is nearby, each plane by itself', async () => {
    const s = new Float32Array(6 * 6 * 2);
    s[(2 * 6 + 3) * 2 + 1] = 1;
    const cells = cCells(tensor(s, [1, 6, 6, 2]), pool);
    expect(cells.shape).toEqual([1, 3, 3, 2]);
    const planes = await cells.data();
    const d = gaussianWindow(3, 1);
    const beside = at(d, 5) / (0.25 + at(d, 5));
    // the cells in the middle row and on both sides of column 3 see it, those of the other plane do not
    expect(planes[(1 * 3 + 1) * 2 + 1]).toBeCloseTo(beside, 6);
    expect(planes[(1 * 3 + 2) * 2 + 1]).toBeCloseTo(beside, 6);
    expect([...planes].filter((value) => value > 0)).toHaveLength(2);
  });

  it('never reach 1', async () => {
    const cells = await cCells(tensor(new Float32Array(36).fill(1e6), [1, 6, 6, 1]), pool).data();
    expect(Math.max(...cells)).toBeLessThanOrEqual(1);
    expect(Math.max(...cells)).toBeGreaterThan(0.999);
  });
});

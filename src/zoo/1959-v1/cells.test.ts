import { describe, expect, it } from 'vitest';
import { fromHost } from '../../tensor/tensor.ts';
import { cellPairs, complexResponses, simpleResponses } from './cells.ts';
import { drawBalancedGabor } from './gabor.ts';
import { drawGratings, drifting } from './gratings.ts';
import { circularVariance, gaussianTuning, modulation } from './tuning.ts';

const SIZE = 41;
const SHAPE = { orientation: Math.PI / 3, frequency: 1 / 8, sigma: 4.5 };
const pairs = cellPairs([SHAPE], SIZE);

describe('cells of V1', () => {
  it('do not answer to uniform light', () => {
    const place = { x: 20, y: 20, sigmaAlong: 4.5, amplitude: 1 };
    for (const phase of [0, 1, Math.PI / 2]) {
      const profile = drawBalancedGabor({ ...SHAPE, ...place, phase }, SIZE);
      expect(profile.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
    }
  });

  it('that are simple follow a drifting grating: F1/F0 is pi/2 whatever the grating', async () => {
    for (const grating of [SHAPE, { orientation: 1.2, frequency: 0.15 }]) {
      const images = drawGratings(drifting(grating, 512), SIZE);
      const responses = await simpleResponses(images, pairs.odd).data();
      expect(modulation(Array.from(responses, Number))).toBeCloseTo(Math.PI / 2, 4);
    }
  });

  it('that are complex answer all the time: F1/F0 is near 0', async () => {
    const images = drawGratings(drifting(SHAPE, 128), SIZE);
    const responses = Array.from(await complexResponses(images, pairs).data(), Number);
    expect(modulation(responses)).toBeLessThan(1e-3);
    for (const response of responses) expect(Math.abs(response - 1)).toBeLessThan(0.01);
  });

  it('answer to gratings with the Fourier transform of their Gaussian, within 1 % of the best', async () => {
    const gratings = [0, 0.2, 0.5, 1, 1.3, 1.8, 2.5].flatMap((orientation) =>
      [0.05, 0.09, 0.125, 0.16, 0.2, 0.3].map((frequency) => ({ orientation, frequency, phase: 0.4 })),
    );
    const responses = await complexResponses(drawGratings(gratings, SIZE), pairs).data();
    gratings.forEach((grating, i) => {
      expect(Math.abs(Number(responses[i]) - gaussianTuning(SHAPE, grating))).toBeLessThan(0.01);
    });
  });

  it('have no response below 0 if they are simple, and opposite phases share the cycle', async () => {
    const images = drawGratings(drifting(SHAPE, 16), SIZE);
    const negative = fromHost(
      (await pairs.even.data()).map((value) => -Number(value)) as Float32Array,
      [1, SIZE * SIZE],
      'float32',
    );
    const [on, off] = await Promise.all(
      [pairs.even, negative].map((profile) => simpleResponses(images, profile).data()),
    );
    on?.forEach((response, i) => {
      expect(Number(response) >= 0 && Number(off?.[i]) >= 0).toBe(true);
      expect(Number(response) * Number(off?.[i])).toBe(0);
    });
  });
});

describe('measures of tuning', () => {
  it('circular variance is 0 for one orientation, 1 for all alike, and 1/2 for half a cosine more', () => {
    const orientations = Array.from({ length: 12 }, (_, i) => (Math.PI * i) / 12);
    expect(
      circularVariance(
        orientations.map((_, i) => (i === 4 ? 3 : 0)),
        orientations,
      ),
    ).toBeCloseTo(0, 12);
    expect(
      circularVariance(
        orientations.map(() => 2),
        orientations,
      ),
    ).toBeCloseTo(1, 12);
    const tuned = orientations.map((angle) => 1 + Math.cos(2 * (angle - 0.3)));
    expect(circularVariance(tuned, orientations)).toBeCloseTo(0.5, 12);
  });

  it('modulation is the first harmonic over the mean', () => {
    const moments = Array.from({ length: 32 }, (_, i) => (2 * Math.PI * i) / 32);
    expect(modulation(moments.map((angle) => 3 + 1.5 * Math.cos(angle - 1)))).toBeCloseTo(0.5, 12);
    expect(modulation(moments.map(() => 2))).toBeCloseTo(0, 12);
  });
});

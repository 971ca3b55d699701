import { describe, expect, it } from 'vitest';
import { rbm } from '../../pretraining/index.ts';
import { binaryDigits, crossEntropy, independentLogLikelihood, PIXELS, pixelFrequencies } from './digits.ts';
import { rbmFindings } from './findings.ts';
import { learnMachine, machineOf, reconstructionError } from './machines.ts';

/** Digits of which every second has ink in its upper half, and the others in the lower one. */
const halves = (count: number) => {
  const data = Uint8Array.from({ length: count * PIXELS }, (_, i) => {
    const isUpper = i % PIXELS < PIXELS / 2;
    return Number(isUpper === (Math.floor(i / PIXELS) % 2 === 0));
  });
  return { data, shape: [count, PIXELS] as const };
};

describe('binary digits', () => {
  it('have ink where a pixel is more than half full', () => {
    const images = new Uint8Array(2 * PIXELS);
    images.set([0, 127, 128, 255]);
    const digits = binaryDigits({ images, labels: new Uint8Array(2), imageShape: [28, 28, 1], count: 2 }, 1);
    expect([...digits.data.subarray(0, 4)]).toEqual([0, 0, 1, 1]);
    expect(digits.shape).toEqual([1, PIXELS]);
  });

  it('cost a bit a pixel if every pixel is on half the time', () => {
    const digits = halves(10);
    const frequencies = pixelFrequencies(digits);
    expect(new Set(frequencies)).toEqual(new Set([0.5]));
    expect(independentLogLikelihood(digits, frequencies)).toBeCloseTo(-PIXELS * Math.LN2, 6);
  });

  it('cost nothing where they are told with certainty', () => {
    const digits = halves(2);
    expect(crossEntropy(digits, (place) => digits.data[place] ?? 0)).toBeCloseTo(0, 10);
  });
});

describe('machines for digits', () => {
  it('give two pictures far more probability than independent pixels do', async () => {
    const digits = halves(1000);
    const visibleMeans = pixelFrequencies(digits);
    const learning = { method: 'pcd', epochs: 60, learningRate: 0.1 } as const;
    const learned = await learnMachine(
      digits,
      { hidden: 4, seed: 1, visibleMeans },
      learning,
      async () => {},
    );
    const logLikelihood = await learned.logLikelihood(digits, await learned.logPartition());
    expect(logLikelihood).toBeLessThan(-Math.LN2);
    expect(logLikelihood).toBeGreaterThan(independentLogLikelihood(digits, visibleMeans) / 2);
    expect(await reconstructionError(learned, digits)).toBeLessThan(-logLikelihood);
  });

  it('are the same after they were kept', async () => {
    const machine = rbm({ visible: PIXELS, hidden: 3, seed: 4 });
    const again = machineOf(await machine.parameters(), 3, 4);
    expect(await again.logPartition()).toBe(await machine.logPartition());
  });
});

describe('findings', () => {
  it('hold the persistent chains against the others, and the larger error of two estimates', () => {
    const machine = { logPartition: 100, reconstruction: 130, weights: new Float32Array() };
    const { value, findings } = rbmFindings({
      independent: -206,
      cd: { ...machine, logLikelihood: -171, estimated: 100.25 },
      pcd: { ...machine, logLikelihood: -145, estimated: 99.9 },
      large: {
        hidden: 500,
        logLikelihood: -100,
        low: -101,
        high: -99,
        reconstruction: 60,
        weights: new Float32Array(),
      },
    });
    expect(value).toBe(-145);
    expect(Object.fromEntries(findings.map((finding) => [finding.name, finding.value]))).toMatchObject({
      'PCD-1 over CD-1': 26,
      'Annealed importance sampling beside enumeration': 0.25,
      'PCD-1, 500 hidden units, annealed': -100,
    });
  });
});

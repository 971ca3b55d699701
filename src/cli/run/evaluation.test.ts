import { describe, expect, it } from 'vitest';
import { evaluatePredictions } from './evaluation.ts';

const predictions = {
  probabilities: [0.9, 0.1, 0.3, 0.7, 0.2, 0.8, 1, 0],
  labels: [0, 0, 1, 1],
  images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  imageShape: [1, 2, 1],
  classes: 2,
};

describe('evaluatePredictions', () => {
  const evaluation = evaluatePredictions(predictions);

  it('counts', () => {
    expect(evaluation).toMatchObject({
      count: 4,
      accuracy: 0.5,
      confusion: [
        [1, 1],
        [1, 1],
      ],
    });
  });

  it('averages the cross-entropy; a probability of 0 costs what float32 can tell', () => {
    const expected = (-Math.log(0.9) - Math.log(0.3) - Math.log(0.8) + 149 * Math.LN2) / 4;
    expect(evaluation.loss).toBeCloseTo(expected, 12);
  });

  it('sorts mistakes by how sure they were', () => {
    expect(evaluation.mistakes.map(({ index, confidence }) => [index, confidence])).toEqual([
      [3, 1],
      [1, 0.7],
    ]);
    expect(evaluation.mistakes[0]).toMatchObject({ label: 1, predicted: 0, pixels: Uint8Array.of(7, 8) });
  });
});

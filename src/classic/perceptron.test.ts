import { describe, expect, it } from 'vitest';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { multiclassPerceptron, type Perceptron, perceptron } from './perceptron.ts';

const CORNERS = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
];

/** Bias first, as the books have it. */
function weightsOf(learner: Perceptron): number[] {
  const { weights, bias } = learner.last;
  return [...bias.dataSync(), ...weights.dataSync()];
}

describe('perceptron', () => {
  it('goes round in XOR', async () => {
    const learner = perceptron();
    const seen: number[][] = [];
    for (let step = 0; step < 8; step++) {
      const row = step % 4;
      await learner.partialFit([CORNERS[row] ?? []], [row === 1 || row === 2 ? 1 : -1]);
      seen.push(weightsOf(learner));
    }
    const cycle = [
      [-1, 1, 1],
      [0, 0, 2],
      [1, 1, 1],
      [0, 0, 0],
    ];
    expect(seen).toEqual([...cycle, ...cycle]);
  });

  it('gives up on XOR after the passes it may make, and says so', async () => {
    const report = await perceptron({ maxPasses: 7 }).fit(CORNERS, [-1, 1, 1, -1]);
    expect(report).toEqual({
      separated: false,
      passes: 7,
      mistakes: 28,
      mistakesPerPass: [4, 4, 4, 4, 4, 4, 4],
    });
  });

  it('separates AND, and begins anew with each fit', async () => {
    const learner = perceptron();
    await learner.fit(CORNERS, [-1, 1, 1, 1]);
    const report = await learner.fit(CORNERS, [-1, -1, -1, 1]);
    expect(report.separated).toBe(true);
    expect(report.mistakesPerPass.at(-1)).toBe(0);
    expect([...learner.last.predict(CORNERS).dataSync()]).toEqual([-1, -1, -1, 1]);
  });

  it('averages the weights after each step', async () => {
    const learner = perceptron();
    let sum = [0, 0, 0];
    for (let step = 1; step <= 11; step++) {
      await learner.partialFit([CORNERS[(step * 3) % 4] ?? []], [step % 3 === 0 ? 1 : -1]);
      sum = weightsOf(learner).map((value, i) => value + (sum[i] ?? 0));
      const { weights, bias } = learner.averaged;
      const mean = [...bias.dataSync(), ...weights.dataSync()];
      mean.forEach((value, i) => {
        expect(value).toBeCloseTo((sum[i] ?? 0) / step, 5);
      });
    }
  });

  it('visits rows in the same order for the same seed only, and tells of each pass', async () => {
    const passes: number[] = [];
    const rows = Array.from({ length: 12 }, (_, i) => [Math.sin(3 * i), Math.cos(5 * i)]);
    const signs = rows.map((_, i) => (i % 3 === 0 ? 1 : -1));
    const learn = async (shuffleSeed: number) => {
      const learner = perceptron({ maxPasses: 3, shuffleSeed });
      await learner.fit(rows, signs, { onPass: (report) => void passes.push(report.passes) });
      return weightsOf(learner);
    };
    expect(await learn(1)).toEqual(await learn(1));
    const others = await Promise.all([2, 3, 4, 5].map(learn));
    expect(new Set(others.map(String)).size).toBeGreaterThan(1);
    expect(passes.slice(0, 3)).toEqual([1, 2, 3]);
  });
});

describe('multiclassPerceptron', () => {
  it('tells three classes apart', async () => {
    const rows = [
      [2, 0],
      [3, 1],
      [-1, 2],
      [-2, 3],
      [-1, -2],
      [-2, -3],
    ];
    const classes = [0, 0, 1, 1, 2, 2];
    const learner = multiclassPerceptron({ classes: 3 });
    const report = await learner.fit(rows, classes);
    expect(report.separated).toBe(true);
    expect([...learner.last.predict(rows).dataSync()]).toEqual(classes);
    expect(learner.last.weights.shape).toEqual([3, 2]);
  });
});

describe('messages', () => {
  const learner = perceptron();
  it.each<[string, () => unknown, typeof AntlerShapeError, string]>([
    [
      'NaN',
      () =>
        learner.fit(
          [
            [1, 2],
            [3, Number.NaN],
          ],
          [1, -1],
        ),
      AntlerValueError,
      'NaN in row 1, column 1',
    ],
    [
      'infinity',
      () => learner.partialFit([[Infinity]], [1]),
      AntlerValueError,
      'Infinity in row 0, column 0',
    ],
    ['targets of 0 and 1', () => learner.fit([[1]], [0]), AntlerValueError, 'targets -1 or 1, got 0'],
    [
      'too few targets',
      () => learner.fit([[1], [2]], [1]),
      AntlerShapeError,
      'one target a row, [2], got [1]',
    ],
    ['no matrix', () => learner.fit([1, 2], [1, 1]), AntlerShapeError, '[rows, columns]'],
    ['use before learning', async () => learner.last, AntlerValueError, 'fitted'],
    [
      'a class too many',
      () => multiclassPerceptron({ classes: 2 }).fit([[1]], [2]),
      AntlerValueError,
      'in 0 .. 1',
    ],
    [
      'one class',
      async () => multiclassPerceptron({ classes: 1 }),
      AntlerValueError,
      'classes, a whole number from 2',
    ],
    [
      'no passes',
      async () => perceptron({ maxPasses: 0 }),
      AntlerValueError,
      'maxPasses, a whole number from 1',
    ],
  ])('%s', async (_name, call, kind, text) => {
    const error = await Promise.resolve(call()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(text);
  });
});

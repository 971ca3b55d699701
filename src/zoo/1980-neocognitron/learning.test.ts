import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/index.ts';
import { jit } from '../../tensor/jit.ts';
import { at } from '../../util/errors.ts';
import { sCells } from './cells.ts';
import { contrastCells } from './contrast.ts';
import { DIGIT_PATTERNS, FIELD, shifted } from './digit-patterns.ts';
import { edgeLayer, ORIENTATIONS } from './edges.ts';
import { organiseDigits } from './five-digits.ts';
import { S1 } from './layers.ts';
import { learnClasses } from './learn-classes.ts';
import { learnFeatures } from './learn-features.ts';
import { SLayer } from './s-layer.ts';
import { seedCells, unknownPlace } from './seed-cells.ts';
import { seedMarks } from './self-organised.ts';

const quiet = async () => {};

describe('seed cells', () => {
  const responses = {
    width: 4,
    strongest: Float32Array.of(0, 0.9, 0.8, 0, 0, 0, 0, 0, 0.5, 0, 0, 0.7),
    planes: Int32Array.of(0, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0, 3),
    v: Float32Array.of(0.1, 1, 1, 1, 0.6, 0, 0, 0, 1, 0, 0, 1),
  };

  it('are the strongest of their neighbourhood, and one a plane', () => {
    expect(seedCells(responses, 1)).toEqual([
      { row: 0, column: 1, plane: 1 },
      { row: 2, column: 3, plane: 3 },
    ]);
  });

  it('leave a place that no cell nearby knows to a new plane', () => {
    const alone = { ...responses, strongest: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0) };
    expect(unknownPlace(alone, { reach: 1, leastShare: 0.5 })).toBe(1);
    expect(unknownPlace(responses, { reach: 3, leastShare: 0.5 })).toBeUndefined();
  });

  it('of 1980 are the strongest of an S-column, and one a plane', async () => {
    const s = new Float32Array(4 * 4 * 2);
    s[(0 * 4 + 0) * 2] = 3; // wins its columns
    s[(3 * 4 + 3) * 2] = 2; // wins its columns too, but its plane has a stronger seed
    s[(0 * 4 + 1) * 2 + 1] = 1; // beside the first, but alone in the columns to its right
    const marks = await seedMarks(tensor(s, [1, 16, 2]), 3, 4).data();
    expect([...marks].flatMap((mark, i) => (mark === 1 ? [i] : []))).toEqual([0, 3]);
  });
});

describe('learning', () => {
  const window = { size: 3, deviation: 1, dilation: 1, padding: [1, 1] } as const;
  /** A horizontal and a vertical line of 8 × 8 pixels. */
  const lines = [
    Float32Array.from({ length: 64 }, (_, i) => Number(Math.floor(i / 8) === 4)),
    Float32Array.from({ length: 64 }, (_, i) => Number(i % 8 === 4)),
  ];
  const pictures = {
    data: Float32Array.from([...lines, ...lines].flatMap((line) => [...line])),
    shape: [4, 8, 8, 1],
  };

  it('without a teacher finds a plane for every feature, and no other when it sees them again', async () => {
    const rule = { threshold: 0.8, reach: 1, leastShare: 0.9 };
    const layer = new SLayer(window, 1);
    await learnFeatures(layer, { data: pictures.data.subarray(0, 128), shape: [2, 8, 8, 1] }, rule, quiet);
    const found = layer.planes;
    await learnFeatures(layer, pictures, rule, quiet);
    expect(layer.planes).toBe(found);
    for (const line of lines) {
      const { strongest } = await layer.look(tensor(line, [1, 8, 8, 1]), rule.threshold);
      expect(Math.max(...strongest)).toBeGreaterThan(0.9);
    }
  });

  it('with a teacher makes a plane a class as long as nothing is confused', async () => {
    const layer = new SLayer({ size: 7, deviation: 100, dilation: 1, padding: [0, 0] }, 1);
    const classes = await learnClasses(
      layer,
      pictures,
      Uint8Array.of(3, 7, 3, 7),
      { threshold: 0.3, sweeps: 3 },
      quiet,
    );
    expect(classes).toEqual([3, 7]);
    expect(layer.planes).toBe(2);
  });

  it('has room for more planes than it began with', async () => {
    const layer = new SLayer(window, 1);
    const picture = tensor(lines[0] ?? [], [1, 8, 8, 1]);
    for (let i = 0; i < 70; i++) expect(layer.addPlane(picture, 4, 4)).toBe(i);
    expect(layer.connections.excitatory.shape).toEqual([3, 3, 1, 70]);
  });
});

describe('edges', () => {
  it('are answered most by the plane of their orientation', async () => {
    const { connections } = edgeLayer();
    const respond = jit((image: Parameters<typeof contrastCells>[0]) =>
      sCells(contrastCells(image), connections, S1.window, S1.threshold),
    );
    for (const [plane, isBright] of [
      [0, (x: number) => x > 8],
      [4, (_: number, y: number) => y > 8],
      [8, (x: number) => x < 8],
    ] as const) {
      const edge = Float32Array.from({ length: 289 }, (_, i) =>
        i % 17 === 8 && plane !== 4
          ? 0.5
          : Math.floor(i / 17) === 8 && plane === 4
            ? 0.5
            : Number(isBright(i % 17, Math.floor(i / 17))),
      );
      const cells = await respond(tensor(edge, [1, 17, 17, 1])).data();
      const middle = [...cells.slice((8 * 17 + 8) * ORIENTATIONS, (8 * 17 + 9) * ORIENTATIONS)];
      expect(middle.indexOf(Math.max(...middle))).toBe(plane);
    }
  });
});

describe('the network of 1980', () => {
  it('draws five digits that may be moved by 2 pixels without losing any', () => {
    const ink = (pattern: Float32Array) => pattern.reduce((sum, pixel) => sum + pixel, 0);
    expect(DIGIT_PATTERNS).toHaveLength(5);
    for (const pattern of DIGIT_PATTERNS) {
      for (const [right, down] of [
        [-2, -2],
        [2, 2],
      ] as const) {
        expect(ink(shifted(pattern, right, down))).toBe(ink(pattern));
      }
    }
    expect(at(shifted(at(DIGIT_PATTERNS, 1), 1, 0), FIELD * 3 + 8)).toBe(
      at(at(DIGIT_PATTERNS, 1), FIELD * 3 + 7),
    );
  });

  it('is the same for the same seed', async () => {
    const settings = { networks: 2, presentations: 1, learningShift: 1 };
    const [first, again, other] = [
      await organiseDigits(1, settings, quiet),
      await organiseDigits(1, settings, quiet),
      await organiseDigits(2, settings, quiet),
    ];
    expect(again.responses).toEqual(first.responses);
    expect(other.responses).not.toEqual(first.responses);
  });
});

import { describe, expect, it } from 'vitest';
import { drawValues } from '../../tuning/search/random.ts';
import { at } from '../../util/errors.ts';
import { buildNetwork, type Settings, SPACE, splitDigits } from './network.ts';
import { hyperbandOnTable, nearest, randomBeatsGrid, type TableRun, tpeAgainstRandom } from './table.ts';

/** Runs whose error depends on the learning rate alone, best at 0.1, and falls with the epochs. */
const table: TableRun[] = Array.from({ length: 200 }, (_, i) => {
  const settings = drawValues(SPACE, 1, i) as Settings;
  const floor = 0.01 + 0.1 * (SPACE.learningRate.placeOf(settings.learningRate) - 2 / 3) ** 2;
  return { settings, errors: Array.from({ length: 9 }, (_, epoch) => floor + 0.2 / (epoch + 1) - 0.2 / 9) };
});

describe('the searches on a table', () => {
  it('chance beats a grid on the only axis that counts', () => {
    expect(randomBeatsGrid(table, 1000, 1)).toBeGreaterThan(0.7);
  });

  it('nobody wins where all is equal', () => {
    const flat = table.map((run) => ({ ...run, errors: [0.5] }));
    expect(randomBeatsGrid(flat, 100, 1)).toBe(0.5);
  });

  it('Hyperband stays within its epochs and comes close', async () => {
    const { error, epochs } = await hyperbandOnTable(table, 0.25, 1);
    expect(epochs).toBeLessThanOrEqual(0.25 * 200 * 9);
    expect(error - 0.01).toBeLessThan(0.001);
  });

  it('a run of the table is the nearest to itself', () => {
    for (const run of table.slice(0, 5)) expect(nearest(table, run.settings)).toBe(run);
  });

  it('TPE is no worse than chance', async () => {
    const { tpe, random } = await tpeAgainstRandom(table, 40, 1);
    expect(tpe).toBeLessThanOrEqual(random + 0.001);
  });
});

describe('the networks of the space', () => {
  it('have as many layers and filters as asked for', () => {
    const settings = { layers: 3, filters: 4, learningRate: 0.1, momentum: 0.9, batchSize: 32 } as const;
    const shapes = buildNetwork(settings, 1).weights.map(({ shape }) => shape.at(-1));
    expect(shapes).toEqual([4, 4, 8, 8, 16, 16, 10, 10]);
  });

  it('learn from the first images and are chosen by the last', () => {
    const images = Uint8Array.from({ length: 20 }, (_, i) => i);
    const labels = Uint8Array.from({ length: 5 }, (_, i) => i);
    const { train, validation } = splitDigits({ images, labels, imageShape: [2, 2, 1], count: 5 }, 2, 1);
    expect([...train.labels, ...validation.labels]).toEqual([0, 1, 4]);
    expect(at([...validation.images], 0)).toBe(16);
  });
});

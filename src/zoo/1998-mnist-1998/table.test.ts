import { describe, expect, it } from 'vitest';
import type { ImageDataset, LabelledImages } from '../../data/labelled-images.ts';
import { tensor } from '../../ops/create.ts';
import { at } from '../../util/errors.ts';
import { countWrong, forChoosing, pixelRows, prepareDigits, section, thin } from './digits.ts';
import { drawTable } from './figures.ts';
import { barOf, passedFraction, tableFindings } from './findings.ts';
import { perceptron, squaredErrorOfClasses } from './perceptrons.ts';
import { TABLE } from './rows.ts';

/** Digits that are stripes; the first pixel of each says which it is. */
function stripes(count: number): LabelledImages {
  const images = Uint8Array.from({ length: count * 784 }, (_, i) =>
    i % 784 === 0 ? Math.floor(i / 784) % 256 : Number(i % 28 === 14) * 255,
  );
  return {
    images,
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
    imageShape: [28, 28, 1],
    count,
  };
}

describe('the table', () => {
  const errorsOf = (factor: number) =>
    TABLE.map((row) => ({ row, error: row.bar * factor, bar: barOf(row, 1) }));

  it('has every method of the comparison once, none with a bar above what was published by more than 10 digits', () => {
    expect(new Set(TABLE.map(({ name }) => name)).size).toBe(TABLE.length);
    const easier = TABLE.filter(({ bar, published }) => bar > published + 0.001).map(({ name }) => name);
    // the kernel machine learns from 10,000 digits alone, tangent distances are those of the 100 nearest
    expect(easier).toEqual([
      'Linear, least squares, deslanted',
      'SVM, polynomial of degree 4, deslanted',
      'Tangent distance, 16 x 16',
    ]);
  });

  it('passes where every bar is reached, and counts the rows that miss theirs', () => {
    expect(passedFraction(errorsOf(1))).toBe(1);
    expect(passedFraction(errorsOf(1.01))).toBe(0);
    const [first, ...others] = errorsOf(0.9);
    const missed = first && { ...first, error: Number.NaN };
    expect(passedFraction(missed ? [missed, ...others] : [])).toBeCloseTo(1 - 1 / TABLE.length, 12);
  });

  it('tells each error beside the published one', () => {
    const [finding] = tableFindings(errorsOf(0.5));
    expect(finding).toEqual({
      name: 'Linear, softmax',
      metric: 'testError',
      value: 0.038,
      bar: { metric: 'testError', atMost: 0.076 },
      published: { value: 0.12, where: 'Proc. IEEE 86, fig. 9' },
    });
    const { svg } = drawTable(errorsOf(0.5));
    expect(svg).toMatch(/^<svg/);
    for (const { name } of TABLE) expect(svg).toContain(name);
  });
});

describe('the digits', () => {
  const dataset: ImageDataset = {
    name: 'stripes',
    classes: [],
    train: stripes(120),
    test: stripes(40),
    source: { kind: 'path', location: '' },
  };

  it('are cut to size, and as many are deslanted', () => {
    const digits = prepareDigits(dataset, { train: 60, test: 20 });
    for (const { train, test } of [digits.plain, digits.deslanted]) {
      expect([train.count, train.images.length, train.labels.length]).toEqual([60, 60 * 784, 60]);
      expect([test.count, test.images.length]).toEqual([20, 20 * 784]);
    }
  });

  it('are chosen with the last sixth of the training digits, never with test digits', () => {
    const { train, test } = forChoosing({ train: dataset.train, test: dataset.test });
    expect([train.count, test.count]).toEqual([100, 20]);
    expect(test.images[0]).toBe(100);
  });

  it('are thinned evenly', () => {
    const some = thin(dataset.train, 4);
    expect([0, 1, 2, 3].map((i) => some.images[i * 784])).toEqual([0, 30, 60, 90]);
    expect(section(some, 1, 1).images[0]).toBe(30);
  });

  it('are rows of ink between 0 and 1', () => {
    const rows = pixelRows(dataset.train);
    expect(rows.shape).toEqual([120, 784]);
    expect(at(rows.dataSync(), 14)).toBe(1);
    expect(at(rows.dataSync(), 784)).toBeCloseTo(1 / 255, 7);
  });

  it('are counted where the class found is not theirs', async () => {
    expect(await countWrong(tensor(Int32Array.of(1, 2, 3)), Uint8Array.of(1, 3, 2))).toBe(2);
  });
});

describe('the fully connected networks', () => {
  it('have as many weights as their layers say', () => {
    expect(perceptron([], 'softmax', 0).countParams()).toBe(7850);
    expect(perceptron([300], 'tanh', 0).countParams()).toBe(238_510);
    expect(perceptron([300, 100], 'softmax', 0).countParams()).toBe(266_610);
    expect(perceptron([500, 150], 'softmax', 0).countParams()).toBe(469_160);
  });

  it('have an error of 0 where the outputs are the targets', () => {
    const [no, yes] = [-1 / 1.7159, 1 / 1.7159];
    const outputs = tensor([Array.from({ length: 10 }, (_, i) => (i === 3 ? yes : no))]);
    const loss = squaredErrorOfClasses();
    expect(loss.apply(tensor(Int32Array.of(3)), outputs).itemSync()).toBeCloseTo(0, 12);
    const missed = loss.apply(tensor(Int32Array.of(4)), outputs).itemSync();
    expect(missed).toBeCloseTo((2 * (2 * yes) ** 2) / 10, 6);
  });
});

import { describe, expect, it } from 'vitest';
import { NumberStream } from '../random/number-stream.ts';
import { fromHost } from '../tensor/tensor.ts';
import { AntlerNumericError, AntlerShapeError } from '../util/errors.ts';
import { sparseCoding } from './sparse-coding.ts';

const [COUNT, FEATURES, UNITS] = [3000, 8, 12];

/** Rows made of a true dictionary, each of two of its entries. */
function sparseRows() {
  const numbers = new NumberStream(11);
  const dictionary = Array.from({ length: UNITS }, () => {
    const row = Array.from({ length: FEATURES }, () => numbers.normal());
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  const rows = Array.from({ length: COUNT }, () => {
    const used = [numbers.below(UNITS), numbers.below(UNITS)];
    const sizes = used.map(() => 3 + numbers.uniform());
    const signs = used.map(() => (numbers.below(2) === 0 ? 1 : -1));
    return Array.from({ length: FEATURES }, (_, f) =>
      used.reduce(
        (sum, unit, i) => sum + (dictionary[unit]?.[f] ?? 0) * (sizes[i] ?? 0) * (signs[i] ?? 0),
        0,
      ),
    );
  });
  return { dictionary, x: fromHost(Float32Array.from(rows.flat()), [COUNT, FEATURES], 'float32') };
}

describe('sparseCoding', () => {
  it('finds the entries that rows are made of, though there are more of them than features', async () => {
    const { dictionary, x } = sparseRows();
    const energies: number[] = [];
    const options = { components: UNITS, updates: 400, penalty: 0.5, scale: 0.5, seed: 2 };
    const model = await sparseCoding(options).fit(x, (_, energy) => void energies.push(energy));
    const found = (await model.dictionary.array()) as number[][];
    const matches = dictionary.map((row) =>
      Math.max(...found.map((other) => Math.abs(row.reduce((sum, v, i) => sum + v * (other[i] ?? 0), 0)))),
    );
    expect(matches.filter((match) => match > 0.97).length).toBeGreaterThanOrEqual(UNITS - 2);
    expect(energies).toHaveLength(400);
    expect(energies.at(-1)).toBeLessThan(0.8 * (energies[0] ?? 0));
    for (const row of found) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  });

  it('gives codes that stand for the rows, and are a minimum of the energy', async () => {
    const { x } = sparseRows();
    const model = await sparseCoding({ components: UNITS, updates: 100, penalty: 0.1, codeSteps: 200 }).fit(
      x,
    );
    const codes = model.transform(x);
    expect(codes.shape).toEqual([COUNT, UNITS]);
    const [phi, a, rows, back] = (await Promise.all(
      [model.dictionary, codes, x, model.inverseTransform(codes)].map((tensor) => tensor.array()),
    )) as number[][][];
    for (const n of [0, 1, 2]) {
      const left = rows?.[n]?.map((value, f) => value - (back?.[n]?.[f] ?? 0)) ?? [];
      phi?.forEach((entry, unit) => {
        const coefficient = a?.[n]?.[unit] ?? 0;
        const pull = entry.reduce((sum, value, f) => sum + value * (left[f] ?? 0), 0);
        expect(Math.abs(pull - (0.1 * coefficient) / (1 + coefficient ** 2))).toBeLessThan(0.02);
      });
    }
  });

  it('says what is wrong', async () => {
    const { x } = sparseRows();
    expect(() => sparseCoding({ components: 0 })).toThrow('components, a whole number >= 1, got 0');
    expect(() => sparseCoding({ components: 2, penalty: -1 })).toThrow('penalty >= 0, got -1');
    expect(() => sparseCoding({ components: 2, scale: 0 })).toThrow('scale > 0, got 0');
    expect(() => sparseCoding({ components: 2 }).transform(x)).toThrow('call fit(x) first');
    const broken = sparseCoding({ components: 2, updates: 2 }).fit([[Number.NaN, 1]]);
    await expect(broken).rejects.toThrow(AntlerNumericError);
    const model = await sparseCoding({ components: 2, updates: 2 }).fit(x);
    expect(() => model.transform([[1, 2]])).toThrow(AntlerShapeError);
  });
});

import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import { einsumDense } from './einsum-dense.ts';

describe.each(readGolden<LayerCase[]>('layers/einsum-dense.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayerOf({ einsumDense }, golden);
  });
});

describe('einsumDense', () => {
  it('draws kernels by the axes that the equation connects', async () => {
    const layer = einsumDense({
      equation: 'abc,bcd->ad',
      outputShape: 50,
      kernelInitializer: 'lecunUniform',
    });
    layer.build([null, 20, 30]);
    const kernel = Array.from((await layer.getWeights()[0]?.data()) ?? []);
    const limit = Math.sqrt(3 / 600);
    expect(Math.max(...kernel)).toBeLessThanOrEqual(limit);
    expect(Math.max(...kernel)).toBeGreaterThan(0.99 * limit);
  });

  it('refuses equations that make no sense', () => {
    const make = (equation: string) => () => einsumDense({ equation, outputShape: 2 });
    expect(make('ab,bc')).toThrow(
      "einsumDense: expected an equation like ab,bc->ac, ...ab,bc->...ac or ab...,bc->ac..., got 'ab,bc'",
    );
    expect(make('ab,bc->ad')).toThrow('expected an equation in which d stands in another term, too');
    expect(make('ab,bcd->ac')).toThrow('expected an equation in which d stands in another term, too');
  });

  it('refuses inputs and outputs that do not fit', () => {
    const layer = () => einsumDense({ equation: 'abc,cd->abd', outputShape: [3, 2] });
    expect(() => layer().build([null, 4])).toThrow(
      'einsum_dense (einsumDense), input: expected an input with 3 axes, got [batch, 4]',
    );
    expect(() => layer().build([null, 4, 5])).toThrow(
      'input: expected 3 along axis b, as outputShape says, got [batch, 4, 5]',
    );
    expect(() => einsumDense({ equation: 'abc,cd->abd', outputShape: 2 }).build([null, 4, 5])).toThrow(
      'outputShape: expected 2 extents for abd, got [2]',
    );
    expect(() =>
      einsumDense({ equation: 'ab,bc->ac', outputShape: 2, biasAxes: 'b' }).build([null, 3]),
    ).toThrow("biasAxes: expected letters of ac, got 'b'");
  });
});

import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { autoencoder } from './autoencoder.ts';
import { rbm } from './rbm.ts';

const rows = [
  [1, 0, 0.5],
  [0, 1, 0.25],
];

describe('autoencoder', () => {
  it('has the parameters of the paper', () => {
    const { model, encoder, decoder } = autoencoder({ sizes: [784, 1000, 500, 250, 30], seed: 1 });
    expect(model.countParams()).toBe(2_837_314);
    expect(encoder.outputShape).toEqual([null, 30]);
    expect(decoder.outputShape).toEqual([null, 784]);
  });

  it('is its decoder after its encoder', async () => {
    const { model, encoder, decoder } = autoencoder({ sizes: [3, 4, 2], seed: 2 });
    const whole = await (await model.predict(rows)).data();
    const parts = await (await decoder.predict(await encoder.predict(rows))).data();
    expect(parts).toEqual(whole);
    expect(whole.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it('begins as machines that were laid out', async () => {
    const machines = [
      rbm({ visible: 3, hidden: 4, seed: 1 }),
      rbm({ visible: 4, hidden: 2, seed: 2, hiddenUnits: 'gaussian' }),
    ];
    const [first, second] = machines;
    const parameters = await Promise.all(machines.map((machine) => machine.parameters()));
    const { model, encoder } = autoencoder({ sizes: [3, 4, 2], seed: 3, machines: parameters });
    const code = second?.encode(first?.encode(rows) ?? rows);
    expect([...(await encoder.predict(rows)).dataSync()]).toEqual([...(code?.dataSync() ?? [])]);
    const back = first?.decode(second?.decode(code ?? tensor(0)) ?? tensor(0)).dataSync() ?? [];
    const given = (await model.predict(rows)).dataSync();
    given.forEach((value, i) => {
      expect(value).toBeCloseTo(back[i] ?? Number.NaN, 6);
    });
  });

  it('learns through its code, and both halves with it', async () => {
    const { model, encoder } = autoencoder({ sizes: [3, 2], seed: 4, outputActivation: 'linear' });
    const before = [...(await encoder.predict(rows)).dataSync()];
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    await model.fit(rows, rows, { epochs: 2, verbose: 0 });
    expect([...(await encoder.predict(rows)).dataSync()]).not.toEqual(before);
  });

  it('refuses sizes and machines that make no network', async () => {
    const parameters = await rbm({ visible: 3, hidden: 2, seed: 1 }).parameters();
    expect(() => autoencoder({ sizes: [3], seed: 1 })).toThrow(/sizes of the data and of the code/);
    expect(() => autoencoder({ sizes: [3, 0], seed: 1 })).toThrow(/sizes\[1\], a whole number >= 1/);
    expect(() => autoencoder({ sizes: [3, 4, 2], seed: 1, machines: [parameters] })).toThrow(/2 machines/);
    expect(() => autoencoder({ sizes: [4, 2], seed: 1, machines: [parameters] })).toThrow(
      /machine 1: expected 4 visible and 2 hidden units, got 3 and 2/,
    );
  });
});

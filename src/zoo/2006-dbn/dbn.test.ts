import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { full, ones, scalar } from '../../ops/create.ts';
import { rbm } from '../../pretraining/index.ts';
import { key } from '../../random/keys.ts';
import { jit } from '../../tensor/jit.ts';
import { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import { startFrom } from '../start-from.ts';
import type { Lab } from '../study.ts';
import {
  BeliefNetwork,
  type BeliefParameters,
  CLASSES,
  DirectedLayer,
  passedUp,
  untied,
} from './belief-network.ts';
import { balanced, firstOf, labelRows, PIXELS, pixelRows } from './digits.ts';
import { layersOf, logisticNetwork } from './discriminative.ts';
import { learnFeatures, learnTop, learnUpDown } from './learning.ts';
import { generativeError } from './measuring.ts';
import { drawDigits } from './samples.ts';
import { upDownStep } from './up-down.ts';

const FEATURES = [6, 5];
const TOP = 8;

async function firstParameters(features: readonly number[], top: number): Promise<BeliefParameters> {
  const sizes = [PIXELS, ...features];
  const machines = features.map((hidden, i) => rbm({ visible: at(sizes, i), hidden, seed: i }).parameters());
  const visible = at(features, -1) + CLASSES;
  return untied(await Promise.all(machines), await rbm({ visible, hidden: top, seed: 9 }).parameters());
}

/** Digits whose ink fills as many rows as their label says. */
function filled(count: number): LabelledImages {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES);
  const images = Uint8Array.from({ length: count * PIXELS }, (_, i) => {
    const row = Math.floor((i % PIXELS) / 28);
    return row < 2 * at(labels, Math.floor(i / PIXELS)) ? 255 : 0;
  });
  return { images, labels, imageShape: [28, 28, 1], count };
}

describe('deep belief network', () => {
  let parameters: BeliefParameters;

  beforeAll(async () => {
    parameters = await firstParameters(FEATURES, TOP);
  });

  it("has the paper's 1.7 million weights", async () => {
    const { recognition, top } = await firstParameters([500, 500], 2000);
    const counts = [...recognition, top].map(({ weights }) => weights.length);
    expect(counts).toEqual([392_000, 250_000, 1_020_000]);
  });

  it('draws downwards with the transposed weights that it guesses upwards with', () => {
    const { recognition, generative } = parameters;
    expect(at(generative, 1).weights[3 * 6 + 2]).toBe(at(recognition, 1).weights[2 * 5 + 3]);
    expect(generative.map(({ bias }) => bias.length)).toEqual([PIXELS, 6]);
  });

  it('becomes a classifier that finds the same features', async () => {
    const model = logisticNetwork([...FEATURES, TOP], 1);
    startFrom(model, layersOf(parameters));
    const shapes = model.weights.map(({ shape }) => shape);
    expect(shapes).toEqual([[PIXELS, 6], [6], [6, 5], [5], [5, TOP], [TOP], [TOP, CLASSES], [CLASSES]]);
    const kernel = (await at(model.weights, 6).read().data()) as Float32Array;
    // the weight between hidden unit 3 and label 7, which is visible unit 5 + 7
    expect(kernel[3 * CLASSES + 7]).toBe(parameters.top.weights[(5 + 7) * TOP + 3]);
    const lower = logisticNetwork(FEATURES, 1);
    startFrom(lower, parameters.recognition);
    expect(await at(lower.weights, 2).read().data()).toEqual(at(parameters.recognition, 1).weights);
  });

  it('compares all ten labels', async () => {
    const classBias = Float32Array.from(parameters.top.visibleBias);
    classBias[5 + 4] = 100; // label 4 is believed whatever the picture
    const top = { ...parameters.top, visibleBias: classBias };
    const network = new BeliefNetwork({ ...parameters, top }, 1);
    expect(await generativeError(network, filled(20))).toBeCloseTo(0.9, 6);
  });

  it('keeps labels while it draws', async () => {
    const drawn = await drawDigits(
      new BeliefNetwork(parameters, 1),
      full([PIXELS], 0.2),
      { perClass: 2, steps: 3 },
      1,
      async () => {},
    );
    expect([...drawn.labels.subarray(0, 5)]).toEqual([0, 0, 1, 1, 2]);
    expect(drawn.images).toHaveLength(20 * PIXELS);
    expect(Math.max(...drawn.images)).toBeGreaterThan(0);
  });
});

describe('up-down', () => {
  it('unties the weights of the two directions, and changes nothing at rate 0', async () => {
    const parameters = await firstParameters(FEATURES, TOP);
    const digits = filled(20);
    const tuned = async (rate: number) => {
      const network = new BeliefNetwork(parameters, 1);
      const dreams = new Variable(ones([20, 15]));
      jit(() => {
        upDownStep(network, pixelRows(digits), labelRows(digits), {
          key: key(1),
          rate: scalar(rate),
          steps: 2,
          dreams,
        });
        return {};
      })();
      return network.parameters();
    };
    expect(await tuned(0)).toEqual(parameters);
    const moved = await tuned(1);
    expect(at(moved.generative, 1).weights[3 * 6 + 2]).not.toBe(at(moved.recognition, 1).weights[2 * 5 + 3]);
    expect(moved.top.weights).not.toEqual(parameters.top.weights);
  });

  it('keeps a network that learned greedily able to tell pictures apart', async () => {
    const digits = filled(1000);
    const quiet = async () => {};
    const lab: Lab = {
      seed: 1,
      signal: new AbortController().signal,
      dataOptions: {},
      part: (_, work) => work(quiet),
    };
    const machines = await learnFeatures(digits, [30, 30], 20, lab, quiet);
    const layers = machines.map(
      ({ weights, hiddenBias }) => new DirectedLayer({ weights, bias: hiddenBias }),
    );
    const top = await learnTop(passedUp(layers, pixelRows(digits)), digits, 60, 60, lab, quiet);
    const network = new BeliefNetwork(untied(machines, top), 1);
    expect(await generativeError(network, digits)).toBeLessThan(0.5); // by chance: 0.9
    await learnUpDown(network, digits, { epochs: 5, learningRate: 0.05, steps: 1 }, 1, quiet);
    expect(await generativeError(network, digits)).toBeLessThan(0.5); // by chance: 0.9
  });
});

describe('digits with few labels', () => {
  it('are as many of each class, chosen by the seed', () => {
    const few = balanced(filled(100), 3, 1);
    const counts = new Array<number>(CLASSES).fill(0);
    for (const label of few.labels) counts[label] = at(counts, label) + 1;
    expect(counts).toEqual(new Array<number>(CLASSES).fill(3));
    const ink = few.images.subarray(0, PIXELS).filter((value) => value > 0).length;
    expect(ink).toBe(at(few.labels, 0) * 2 * 28);
  });

  it('are cut from the front', async () => {
    const first = firstOf(filled(100), 12);
    expect(first.labels).toHaveLength(12);
    expect(pixelRows(first).shape).toEqual([12, PIXELS]);
    expect(await labelRows(first).data()).toHaveLength(120);
  });
});

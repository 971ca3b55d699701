import { describe, expect, it } from 'vitest';
import { key } from '../../random/keys.ts';
import { ringFindings } from './experiment.ts';
import { LANDSCAPES, landscapeFindings } from './landscapes.ts';
import { energyLoss } from './losses.ts';
import { ANSWERS, learnParabola, QUESTIONS } from './parabola.ts';

const progress = async (): Promise<void> => {};

describe('the parabola', () => {
  it('is learnt by one network from the energy loss', async () => {
    const run = { architecture: 'explicit', loss: energyLoss, steps: 400, key: key(1), progress } as const;
    const { energies, chosen, rootMeanSquareError } = await learnParabola(run);
    expect(energies).toHaveLength(ANSWERS.count * QUESTIONS.count);
    expect(chosen).toHaveLength(QUESTIONS.count);
    expect(rootMeanSquareError).toBeLessThan(0.1);
  });

  it('is lost where two networks agree on a constant', async () => {
    const run = { architecture: 'implicit', loss: energyLoss, steps: 800, key: key(1), progress } as const;
    const { range } = await learnParabola(run);
    expect(range).toBeLessThan(0.3);
  });
});

describe('findings', () => {
  it('hold each loss to what it must show', () => {
    const flat = {
      range: 0,
      margin: 0,
      rootMeanSquareError: 1,
      energies: new Float32Array(),
      chosen: new Float32Array(),
    };
    const findings = landscapeFindings(LANDSCAPES.map(({ name }) => ({ name, ...flat })));
    const barsOf = (metric: string) => findings.filter((one) => one.metric === metric).map(({ bar }) => bar);
    expect(barsOf('energyRange').map((bar) => bar && Object.keys(bar)[1])).toEqual([
      'atLeast',
      'atMost',
      undefined,
      'atLeast',
      'atLeast',
      'atLeast',
    ]);
    expect(barsOf('rootMeanSquareError').filter(Boolean)).toHaveLength(4);
  });

  it('count modes and the most uneven shares', () => {
    const findings = ringFindings(0.02, 5, Float32Array.of(2, 0, 0, 2, -2, 0, 0, -2));
    const value = (metric: string) => findings.find((one) => one.metric === metric)?.value;
    expect(value('modes')).toBe(4);
    expect(value('fraction')).toBe(1);
    expect(value('share')).toBe(0);
  });
});

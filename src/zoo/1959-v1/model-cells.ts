import type { Tensor } from '../../tensor/tensor.ts';
import type { Progress } from '../study.ts';
import { type CellShape, cellPairs, complexResponses, simpleResponses } from './cells.ts';
import { drawGratings, drifting, type Grating } from './gratings.ts';
import { circularVariance, gaussianTuning, modulation } from './tuning.ts';

/** What one simple and one complex cell answer to gratings. */
export type CellMeasurements = {
  /** Of a whole cycle of the best grating: one response each moment. */
  readonly cycle: { readonly simple: number[]; readonly complex: number[] };
  /** F1/F0. */
  readonly modulation: { readonly simple: number; readonly complex: number };
  /** Orientations in radians; responses as shares of the best. */
  readonly byOrientation: {
    readonly angles: number[];
    readonly complex: number[];
    readonly theory: number[];
  };
  /** Frequencies in cycles a pixel. */
  readonly byFrequency: {
    readonly frequencies: number[];
    readonly complex: number[];
    readonly theory: number[];
  };
  /** Greatest difference of a response from the theory, as a share of the best response. */
  readonly worst: number;
  readonly circularVariance: number;
};

/** The cell of the experiment: 60 degrees, eight pixels a cycle. */
export const SHAPE: CellShape = { orientation: Math.PI / 3, frequency: 1 / 8, sigma: 4.5 };

/** Pixels of a side: four deviations on each side of the cell. */
const SIZE = 41;

const MOMENTS = 1024;
const ANGLES = 36;
const FREQUENCIES = 40;

/** Shows gratings to the cells. */
export async function measureCells(progress: Progress): Promise<CellMeasurements> {
  const pairs = cellPairs([SHAPE], SIZE);
  const numbers = async (responses: Tensor) => Array.from(await responses.data(), Number);
  const cycleImages = drawGratings(drifting(SHAPE, MOMENTS), SIZE);
  const simple = await numbers(simpleResponses(cycleImages, pairs.even));
  const complex = await numbers(complexResponses(cycleImages, pairs));
  await progress(0.5, 'drifting grating');
  const tune = async (gratings: readonly Grating[]) => ({
    complex: await numbers(complexResponses(drawGratings(gratings, SIZE), pairs)),
    theory: gratings.map((grating) => gaussianTuning(SHAPE, grating)),
  });
  const angles = Array.from({ length: ANGLES }, (_, i) => (Math.PI * i) / ANGLES);
  const frequencies = Array.from({ length: FREQUENCIES }, (_, i) => (0.3 * (i + 1)) / FREQUENCIES);
  const byOrientation = await tune(angles.map((orientation) => ({ ...SHAPE, orientation, phase: 0 })));
  const byFrequency = await tune(frequencies.map((frequency) => ({ ...SHAPE, frequency, phase: 0 })));
  const differences = [byOrientation, byFrequency].flatMap((curve) =>
    curve.complex.map((response, i) => Math.abs(response - (curve.theory[i] as number))),
  );
  return {
    cycle: { simple, complex },
    modulation: { simple: modulation(simple), complex: modulation(complex) },
    byOrientation: { angles, ...byOrientation },
    byFrequency: { frequencies, ...byFrequency },
    worst: Math.max(...differences),
    circularVariance: circularVariance(byOrientation.complex, angles),
  };
}

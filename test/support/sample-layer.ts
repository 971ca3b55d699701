import * as layers from '../../src/layers/index.ts';
import type { AnyLayer } from '../../src/layers/layer.ts';

/** Options that a layer cannot be made without. */
const REQUIRED: Record<string, object> = {
  activation: { activation: 'relu' },
  bidirectional: { layer: layers.lstm({ units: 2 }) },
  cropping1d: { cropping: 1 },
  discretization: { numBins: 3 },
  dot: { axes: 1 },
  einsumDense: { equation: 'ab,bc->ac', outputShape: 2 },
  input: { shape: [2] },
  rescaling: { scale: 2 },
  reshape: { targetShape: [2, -1] },
  rnn: { cell: layers.gruCell({ units: 2 }) },
  stackedRNNCells: { cells: [layers.lstmCell({ units: 2 }), layers.gruCell({ units: 3 })] },
  spectralNormalization: { layer: layers.dense({ units: 2 }) },
  timeDistributed: { layer: layers.dense({ units: 2 }) },
};

/** Enough for all others: a layer takes what it knows. */
const COMMON: Record<string, unknown> = {
  factor: 0.5,
  height: 2,
  heightFactor: 0.5,
  widthFactor: 0.5,
  width: 2,
  numBins: 3,
  numTokens: 3,
  outputSize: 2,
  stddev: 0.5,
  units: 2,
  filters: 2,
  kernelSize: 2,
  rate: 0.5,
  inputDim: 4,
  outputDim: 2,
  dims: [2, 1],
  n: 2,
  numHeads: 2,
  keyDim: 2,
  headDim: 2,
  numQueryHeads: 2,
  numKeyValueHeads: 1,
};

/** A layer of a kind, with any options that make sense. @param name of the factory */
export function sampleLayer(name: string, factory: (options: never) => unknown): AnyLayer {
  const options: Record<string, unknown> = { ...REQUIRED[name] };
  for (let attempt = 0; attempt < 9; attempt++) {
    try {
      return factory(options as never) as AnyLayer;
    } catch (error) {
      const missing = /the option (\w+)/.exec(String(error))?.[1];
      if (missing === undefined || !(missing in COMMON)) throw error;
      options[missing] = COMMON[missing];
    }
  }
  return factory(options as never) as AnyLayer;
}

import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import { add } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { type DataFormat, requireDataFormat, withChannelsLast } from '../data-format.ts';
import { BIAS_DEFAULTS, type BiasOptions, ofBias } from '../kernel-options.ts';
import type { WeightFactory } from '../layer-weights.ts';
import { requireExtents, requirePadding } from '../requirements.ts';
import { asExtents, type Extents, type Padding, type SpatialRank } from '../window.ts';

/** Padding of convolutions along one axis: `causal` puts it all before the input, so that nothing sees ahead. */
export type PaddingOf<Size extends readonly number[]> = Size['length'] extends 1
  ? Padding | 'causal'
  : Padding;

/** Options that all convolutions share; `Size` has a number for each spatial axis. */
export interface WindowLayerConfig<Size extends readonly number[]> extends BiasOptions {
  /** Extents of the window, in elements. */
  readonly kernelSize: Extents<Size>;
  /** Distance of neighbouring windows, in elements. */
  readonly strides: Extents<Size>;
  /** Distance of neighbouring taps of a window, in elements. */
  readonly dilationRate: Extents<Size>;
  readonly dataFormat: DataFormat;
  readonly activation: ActivationLike;
  readonly useBias: boolean;
}

/** What is taken where nothing is said. */
export const WINDOW_LAYER_DEFAULTS = {
  strides: 1,
  padding: 'valid',
  dilationRate: 1,
  dataFormat: 'channelsLast',
  activation: 'linear',
  useBias: true,
  ...BIAS_DEFAULTS,
} as const;

type AnyConfig = WindowLayerConfig<readonly number[]> & { readonly padding: Padding | 'causal' };

/** @throws AntlerValueError for options that make no sense */
export function requireWindowLayer(config: AnyConfig, rank: SpatialRank, where: string): void {
  for (const option of ['kernelSize', 'strides', 'dilationRate'] as const) {
    requireExtents(config[option], rank, { option, where });
  }
  if (rank > 1 || config.padding !== 'causal') requirePadding(config.padding as Padding, where);
  requireDataFormat(config.dataFormat, where);
  resolveActivation(config.activation, where);
}

/** Geometry of the windows, an extent for each spatial axis. */
export function geometryOf<P>(
  config: WindowLayerConfig<readonly number[]> & { readonly padding: P },
  rank: SpatialRank,
) {
  return {
    strides: asExtents(config.strides, rank),
    padding: config.padding,
    dilationRate: asExtents(config.dilationRate, rank),
  };
}

/** The bias of so many filters, unless there shall be none. */
export function addBias(
  weights: WeightFactory,
  filters: number,
  config: Pick<AnyConfig, 'useBias' | keyof BiasOptions>,
): Variable | undefined {
  if (!config.useBias) return undefined;
  return weights.add('bias', [filters], config.biasInitializer, ofBias(config));
}

/** activation(convolve(x) + bias), for x of either data format. */
export function convolved(
  x: Tensor,
  { config, bias }: { readonly config: AnyConfig; readonly bias: Tensor | undefined },
  convolve: (x: Tensor) => Tensor,
): Tensor {
  const y = withChannelsLast(x, config.dataFormat, (image) => {
    const sums = convolve(image);
    return bias ? add(sums, bias) : sums;
  });
  return resolveActivation(config.activation, 'activation')(y);
}

/** A plane wave under a Gaussian: the profile of a simple cell. Lengths in pixels, angles in radians. */
export interface Gabor {
  readonly amplitude: number;
  /** Centre. */
  readonly x: number;
  readonly y: number;
  /** Of the wave: it runs along x' and its bars lie across. */
  readonly orientation: number;
  /** Cycles a pixel. */
  readonly frequency: number;
  /** At the centre. */
  readonly phase: number;
  /** Deviation of the Gaussian along the wave. */
  readonly sigma: number;
  /** Deviation of the Gaussian along the bars. */
  readonly sigmaAlong: number;
}

/** amplitude exp(-(x'^2 / sigma^2 + y'^2 / sigmaAlong^2) / 2) cos(2 pi frequency x' + phase) in the middle of each pixel. */
export function drawGabor(gabor: Gabor, size: number): Float64Array {
  const { amplitude, frequency, phase } = gabor;
  return overPixels(gabor, size, (along, envelope) => {
    return amplitude * envelope * Math.cos(2 * Math.PI * frequency * along + phase);
  });
}

/**
 * A Gabor without response to uniform light: as much of its Gaussian is taken off as makes the pixels sum to 0.
 * Sums of squares are what they come to: even and odd profiles keep one amplitude.
 */
export function drawBalancedGabor(gabor: Gabor, size: number): Float64Array {
  const profile = drawGabor(gabor, size);
  const envelope = overPixels(gabor, size, (_, value) => value);
  const excess = total(profile) / total(envelope);
  return profile.map((value, i) => value - excess * (envelope[i] as number));
}

function overPixels(
  { x, y, orientation, sigma, sigmaAlong }: Gabor,
  size: number,
  value: (along: number, envelope: number) => number,
): Float64Array {
  const [cos, sin] = [Math.cos(orientation), Math.sin(orientation)];
  return Float64Array.from({ length: size * size }, (_, pixel) => {
    const [right, down] = [(pixel % size) - x, Math.floor(pixel / size) - y];
    const along = right * cos + down * sin;
    const across = down * cos - right * sin;
    return value(along, Math.exp(-0.5 * ((along / sigma) ** 2 + (across / sigmaAlong) ** 2)));
  });
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

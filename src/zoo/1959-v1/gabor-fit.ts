import { drawGabor, type Gabor } from './gabor.ts';
import { minimiseSquares } from './levenberg-marquardt.ts';
import { spectralPeak } from './spectral-peak.ts';

/** The Gabor nearest to an image, and how near it is. */
interface GaborFit {
  readonly gabor: Gabor;
  /** Share of the image's variance that the Gabor explains: 1 is all. */
  readonly r2: number;
}

/** Widths to start from, as shares of the image's side; the surface of squares has a valley for each. */
const WIDTHS = [1 / 8, 1 / 4];

/** Steps away from the phase of the spectrum's peak. */
const PHASES = [0, Math.PI / 2];

/**
 * Least-squares fit of the eight numbers of a Gabor to a square image, from the peak of its spectrum, with each of two
 * phases and two widths; the best of the four ends counts.
 * @param image [size, size], row-major
 */
export function fitGabor(image: Float64Array, size: number): GaborFit {
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
  const variation = image.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const peak = spectralPeak(image, size);
  const [x, y] = centreOf(image, size);
  const atCentre = peak.phase + 2 * Math.PI * (peak.u * x + peak.v * y);
  let best: { parameters: Float64Array; squares: number } | undefined;
  for (const width of WIDTHS) {
    for (const step of PHASES) {
      const start: Gabor = {
        ...{ amplitude: 1, x, y, sigma: width * size, sigmaAlong: width * size },
        orientation: Math.atan2(peak.v, peak.u),
        frequency: Math.hypot(peak.u, peak.v),
        phase: atCentre + step,
      };
      const amplitude = projection(image, drawGabor(start, size));
      const found = minimiseSquares(
        residualsOf(image, size),
        toParameters({ ...start, amplitude }),
        image.length,
      );
      if (!best || found.squares < best.squares) best = found;
    }
  }
  const { parameters, squares } = best as NonNullable<typeof best>;
  return { gabor: toGabor(parameters), r2: 1 - squares / variation };
}

function toParameters(gabor: Gabor): Float64Array {
  const { amplitude, x, y, orientation, frequency, phase, sigma, sigmaAlong } = gabor;
  return Float64Array.of(amplitude, x, y, orientation, frequency, phase, sigma, sigmaAlong);
}

function toGabor(parameters: Float64Array): Gabor {
  const [amplitude, x, y, orientation, frequency, phase, sigma, sigmaAlong] = parameters as unknown as Eight;
  return { amplitude, x, y, orientation, frequency, phase, sigma, sigmaAlong };
}

type Eight = readonly [number, number, number, number, number, number, number, number];

/** What is left of the image, and the slopes of the Gabor by each of its numbers: [pixels, 8]. */
function residualsOf(image: Float64Array, size: number) {
  return (parameters: Float64Array, residuals: Float64Array, slopes: Float64Array): void => {
    const [amplitude, x, y, orientation, frequency, phase, sigma, sigmaAlong] =
      parameters as unknown as Eight;
    const [cos, sin] = [Math.cos(orientation), Math.sin(orientation)];
    for (let pixel = 0; pixel < image.length; pixel++) {
      const [right, down] = [(pixel % size) - x, Math.floor(pixel / size) - y];
      const [along, across] = [right * cos + down * sin, down * cos - right * sin];
      const envelope = Math.exp(-0.5 * ((along / sigma) ** 2 + (across / sigmaAlong) ** 2));
      const angle = 2 * Math.PI * frequency * along + phase;
      const unit = envelope * Math.cos(angle);
      const value = amplitude * unit;
      const byPhase = -amplitude * envelope * Math.sin(angle);
      const byAlong = 2 * Math.PI * frequency * byPhase - (value * along) / sigma ** 2;
      const byAcross = (-value * across) / sigmaAlong ** 2;
      residuals[pixel] = (image[pixel] as number) - value;
      const row = pixel * 8;
      slopes[row] = unit;
      slopes[row + 1] = byAcross * sin - byAlong * cos;
      slopes[row + 2] = -byAlong * sin - byAcross * cos;
      slopes[row + 3] = byAlong * across - byAcross * along;
      slopes[row + 4] = 2 * Math.PI * along * byPhase;
      slopes[row + 5] = byPhase;
      slopes[row + 6] = (value * along ** 2) / sigma ** 3;
      slopes[row + 7] = (value * across ** 2) / sigmaAlong ** 3;
    }
  };
}

/** Centre of the squares. */
function centreOf(image: Float64Array, size: number): readonly [x: number, y: number] {
  let [sum, x, y] = [0, 0, 0];
  image.forEach((value, pixel) => {
    sum += value ** 2;
    x += value ** 2 * (pixel % size);
    y += value ** 2 * Math.floor(pixel / size);
  });
  return [x / sum, y / sum];
}

/** How much of a shape is in the image. */
function projection(image: Float64Array, shape: Float64Array): number {
  let [common, own] = [0, 0];
  shape.forEach((value, i) => {
    common += value * (image[i] as number);
    own += value ** 2;
  });
  return common / own;
}

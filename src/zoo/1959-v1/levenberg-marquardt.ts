import { solveSymmetric } from './solve-symmetric.ts';

/** Writes residuals [n], and slopes of the model by each parameter [n, parameters]. */
type Residuals = (parameters: Float64Array, residuals: Float64Array, slopes: Float64Array) => void;

/** Where a search ended. */
export interface Minimum {
  readonly parameters: Float64Array;
  /** Sum of the squares of the residuals there. */
  readonly squares: number;
}

const MAXIMUM_STEPS = 100;
const FIRST_DAMPING = 1e-2;
const LARGEST_DAMPING = 1e10;

/** A step that lowers the squares by a smaller share than this is the last. */
const LEAST_GAIN = 1e-7;

/** Levenberg 1944, Marquardt 1963: Gauss-Newton steps, damped in the measure of each parameter's own curvature. */
export function minimiseSquares(residualsOf: Residuals, start: Float64Array, count: number): Minimum {
  let here = look(residualsOf, start, count);
  let damping = FIRST_DAMPING;
  for (let step = 0; step < MAXIMUM_STEPS && damping < LARGEST_DAMPING; step++) {
    const change = solveSymmetric(damped(here.curvature, damping), here.slope);
    const there =
      change &&
      look(
        residualsOf,
        here.parameters.map((value, i) => value + (change[i] as number)),
        count,
      );
    if (!there || !(there.squares < here.squares)) {
      damping *= 4;
      continue;
    }
    const gain = (here.squares - there.squares) / here.squares;
    here = there;
    damping /= 3;
    if (gain < LEAST_GAIN) break;
  }
  return here;
}

/** All that a step needs to know of a place. */
interface Place extends Minimum {
  /** J^T J: [parameters, parameters]. */
  readonly curvature: Float64Array;
  /** J^T residuals. */
  readonly slope: Float64Array;
}

function look(residualsOf: Residuals, parameters: Float64Array, count: number): Place {
  const size = parameters.length;
  const [residuals, slopes] = [new Float64Array(count), new Float64Array(count * size)];
  residualsOf(parameters, residuals, slopes);
  const [curvature, slope] = [new Float64Array(size * size), new Float64Array(size)];
  let squares = 0;
  for (let n = 0; n < count; n++) {
    const residual = residuals[n] as number;
    squares += residual ** 2;
    for (let i = 0; i < size; i++) {
      const first = slopes[n * size + i] as number;
      slope[i] = (slope[i] as number) + first * residual;
      for (let j = 0; j <= i; j++) {
        curvature[i * size + j] =
          (curvature[i * size + j] as number) + first * (slopes[n * size + j] as number);
      }
    }
  }
  return { parameters, squares, curvature, slope };
}

/** The diagonal made larger; a parameter without effect gets a 1, so that it stays where it is. */
function damped(curvature: Float64Array, damping: number): Float64Array {
  const size = Math.sqrt(curvature.length);
  return curvature.map((value, i) => (i % (size + 1) === 0 ? value * (1 + damping) || 1 : value));
}

/** A step along a direction, the value there, and the slope along the direction. */
export interface Trial {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** An interval with a minimum, as far as it is known, and a new trial. */
export interface Interval {
  /** The end with the smallest value so far. */
  readonly best: Trial;
  readonly other: Trial;
  /** Whether a minimum lies between the ends. */
  readonly isBracketed: boolean;
}

interface Question extends Interval {
  readonly trial: Trial;
  /** Bounds of the next step while nothing is bracketed. */
  readonly least: number;
  readonly most: number;
}

interface Answer extends Interval {
  /** Where to try next. */
  readonly step: number;
}

/** A step this part of the way to the other end is far enough where the minimum is bracketed. */
const SAFEGUARD = 0.66;

/** The next step from cubic and quadratic interpolation: the four cases of Moré and Thuente 1994, section 4. */
export function nextTrial(question: Question): Answer {
  const { best, trial, isBracketed } = question;
  const isOpposite = trial.slope * Math.sign(best.slope) < 0;
  if (trial.value > best.value) {
    return { ...narrowed(question), isBracketed: true, step: stepWhereHigher(best, trial) };
  }
  if (isOpposite) {
    return { ...narrowed(question), isBracketed: true, step: stepWhereOpposite(best, trial) };
  }
  const isFlatter = Math.abs(trial.slope) < Math.abs(best.slope);
  const step = isFlatter ? stepWhereFlatter(question) : stepWhereSteeper(question);
  return { ...narrowed(question), isBracketed, step };
}

/** The interval with the trial as one of its ends. */
function narrowed({ best, other, trial }: Question): Pick<Interval, 'best' | 'other'> {
  if (trial.value > best.value) return { best, other: trial };
  const isOpposite = trial.slope * Math.sign(best.slope) < 0;
  return { best: trial, other: isOpposite ? best : other };
}

/** Case 1: the value is higher, so a minimum lies between. */
function stepWhereHigher(best: Trial, trial: Trial): number {
  const cubic = minimumOfCubic(best, trial);
  const width = trial.step - best.step;
  const quadratic = best.step + (best.slope / ((best.value - trial.value) / width + best.slope) / 2) * width;
  if (Math.abs(cubic - best.step) < Math.abs(quadratic - best.step)) return cubic;
  return cubic + (quadratic - cubic) / 2;
}

/** Case 2: lower, and the slopes point at each other. */
function stepWhereOpposite(best: Trial, trial: Trial): number {
  const cubic = minimumOfCubic(trial, best);
  const secant = secantStep(best, trial);
  return Math.abs(cubic - trial.step) > Math.abs(secant - trial.step) ? cubic : secant;
}

/** Case 3: lower and flatter in the same direction. */
function stepWhereFlatter({ best, other, trial, isBracketed, least, most }: Question): number {
  const cubic = cubicBeyond({ best, trial, least, most });
  const secant = secantStep(best, trial);
  const isCubicNearer = Math.abs(cubic - trial.step) < Math.abs(secant - trial.step);
  if (!isBracketed) {
    return Math.max(least, Math.min(most, isCubicNearer ? secant : cubic));
  }
  const step = isCubicNearer ? cubic : secant;
  const bound = trial.step + SAFEGUARD * (other.step - trial.step);
  return trial.step > best.step ? Math.min(bound, step) : Math.max(bound, step);
}

/** Case 4: lower and no flatter in the same direction. */
function stepWhereSteeper({ best, other, trial, isBracketed, least, most }: Question): number {
  if (isBracketed) return minimumOfCubic(trial, other);
  return trial.step > best.step ? most : least;
}

function secantStep(best: Trial, trial: Trial): number {
  return trial.step + (trial.slope / (trial.slope - best.slope)) * (best.step - trial.step);
}

/** Coefficients of the cubic through two trials: `gamma` is 0 at most where it has no minimum. */
function cubicThrough(from: Trial, to: Trial): { readonly theta: number; readonly root: number } {
  const theta = (3 * (from.value - to.value)) / (to.step - from.step) + from.slope + to.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(from.slope), Math.abs(to.slope));
  const inside = (theta / scale) ** 2 - (from.slope / scale) * (to.slope / scale);
  return { theta, root: scale * Math.sqrt(Math.max(0, inside)) };
}

/** The minimum of the cubic through two trials, reckoned from the first. */
function minimumOfCubic(from: Trial, to: Trial): number {
  const { theta, root } = cubicThrough(from, to);
  const gamma = to.step < from.step ? -root : root;
  const share = (gamma - from.slope + theta) / (gamma - from.slope + gamma + to.slope);
  return from.step + share * (to.step - from.step);
}

/** The cubic's minimum beyond the trial, or the bound where it goes to infinity or lies on this side. */
function cubicBeyond({
  best,
  trial,
  least,
  most,
}: Pick<Question, 'best' | 'trial' | 'least' | 'most'>): number {
  const { theta, root } = cubicThrough(best, trial);
  const gamma = trial.step > best.step ? -root : root;
  const share = (gamma - trial.slope + theta) / (gamma + (best.slope - trial.slope) + gamma);
  if (share < 0 && gamma !== 0) return trial.step + share * (best.step - trial.step);
  return trial.step > best.step ? most : least;
}

import { nextTrial, type Trial } from './interval-step.ts';

/** Constants of a search, named as in the paper. */
interface LineSearchOptions {
  /** Part of the first slope by which the value must fall, in (0, 1). */
  readonly mu: number;
  /** Part of the first slope that may be left, in (mu, 1). */
  readonly eta: number;
  /** The search gives up on an interval of less than this, relative to its end. */
  readonly tolerance: number;
  readonly maxEvaluations: number;
}

/** L-BFGS-B's (Zhu, Byrd, Lu and Nocedal 1997). */
const DEFAULTS: LineSearchOptions = {
  mu: 1e-3,
  eta: 0.9,
  tolerance: 0.1,
  maxEvaluations: 20,
};

const LARGEST_STEP = 1e10;
/** How far beyond the last trial the next may lie while there is no interval: 1 + 1.1 and 1 + 4 times. */
const EXTRAPOLATION = { least: 1.1, most: 4 } as const;
/** An interval that shrinks by less than this in two steps is halved. */
const SHRINKAGE = 0.66;
const BACKWARDS = 0.1;

/** Where a search stands: the best trial, the other end, and the bounds of the next. */
interface Search {
  best: Trial;
  other: Trial;
  isBracketed: boolean;
  /** Still looks for a step below the line of sufficient decrease (the paper's auxiliary function). */
  isFirstStage: boolean;
  width: number;
  widthBefore: number;
  least: number;
  most: number;
}

/**
 * A step that meets the strong Wolfe conditions: value <= start.value + mu step start.slope, and |slope| <= eta
 * |start.slope|. Moré and Thuente, ACM Transactions on Mathematical Software 20, 1994.
 * @param evaluate value and slope at a step; a value that is not finite is a step too far
 * @param start at step 0, its slope negative
 * @returns the trial: one of sufficient decrease alone where rounding leaves no better; undefined if there is none
 */
export async function lineSearch(
  evaluate: (step: number) => Promise<Trial>,
  start: Trial,
  first: number,
  { mu, eta, tolerance, maxEvaluations }: LineSearchOptions = DEFAULTS,
): Promise<Trial | undefined> {
  const search = begin(start, first);
  const line = mu * start.slope;
  let step = first;
  for (let count = 0; count < maxEvaluations; count++) {
    const trial = await evaluate(step);
    if (!(Number.isFinite(trial.value) && Number.isFinite(trial.slope))) {
      search.most = step;
      step = search.best.step + BACKWARDS * (step - search.best.step);
      continue;
    }
    const allowed = start.value + step * line;
    if (trial.value <= allowed && Math.abs(trial.slope) <= -eta * start.slope) return trial;
    if (search.isFirstStage && trial.value <= allowed && trial.slope >= 0) search.isFirstStage = false;
    if (isExhausted(search, step, tolerance)) return trial.value <= allowed ? trial : undefined;
    const isAbove = search.isFirstStage && trial.value <= search.best.value && trial.value > allowed;
    step = advance(search, trial, isAbove ? line : 0);
    if (isExhausted(search, step, tolerance)) step = search.best.step;
  }
  return undefined;
}

function begin(start: Trial, first: number): Search {
  return {
    best: start,
    other: start,
    isBracketed: false,
    isFirstStage: true,
    width: LARGEST_STEP,
    widthBefore: 2 * LARGEST_STEP,
    least: 0,
    most: first * (1 + EXTRAPOLATION.most),
  };
}

/** Whether no step between the bounds is left to try. */
function isExhausted({ isBracketed, least, most }: Search, step: number, tolerance: number): boolean {
  return isBracketed && (step <= least || step >= most || most - least <= tolerance * most);
}

/** Takes a trial in. @param tilt slope of a line that is taken off all values first @returns the next step */
function advance(search: Search, trial: Trial, tilt: number): number {
  const tilted = ({ step, value, slope }: Trial): Trial => ({
    step,
    value: value - step * tilt,
    slope: slope - tilt,
  });
  const level = ({ step, value, slope }: Trial): Trial => ({
    step,
    value: value + step * tilt,
    slope: slope + tilt,
  });
  const next = nextTrial({
    best: tilted(search.best),
    other: tilted(search.other),
    trial: tilted(trial),
    isBracketed: search.isBracketed,
    least: search.least,
    most: search.most,
  });
  search.best = level(next.best);
  search.other = level(next.other);
  search.isBracketed = next.isBracketed;
  const [near, far] = [search.best.step, search.other.step];
  if (!search.isBracketed) {
    search.least = next.step + EXTRAPOLATION.least * (next.step - near);
    search.most = next.step + EXTRAPOLATION.most * (next.step - near);
    return Math.min(LARGEST_STEP, next.step);
  }
  const isSlow = Math.abs(far - near) >= SHRINKAGE * search.widthBefore;
  search.widthBefore = search.width;
  search.width = Math.abs(far - near);
  search.least = Math.min(near, far);
  search.most = Math.max(near, far);
  return isSlow ? near + (far - near) / 2 : next.step;
}

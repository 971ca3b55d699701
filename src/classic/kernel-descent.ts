import { scan } from '../ops/control/control.ts';
import { zerosLike } from '../ops/create.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { add, cast, div, maximum, mul, square, sub, where } from '../ops/math/arithmetic.ts';
import { greater } from '../ops/math/compare.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Where a descent is. A function f of the kernel's space is a column of coefficients, one for each row that was learned from,
 * and its outputs on these rows are the likenesses times the coefficients: [rows, classes], a function a class.
 */
export interface Descent {
  readonly coefficients: Tensor;
  readonly outputs: Tensor;
  /** Half the gradient. */
  readonly gradient: Tensor;
  /** Squared length of the gradient in the kernel's space: [classes]. */
  readonly square: Tensor;
  /** Where squares are made of rounding errors: classes below it stay as they are. [classes] */
  readonly resolution: Tensor;
  /** Where the next step goes, as coefficients and as outputs. */
  readonly direction: Tensor;
  readonly along: Tensor;
}

/** Least penalty |f|² + sum of max(0, 1 - y f)². */
export interface HingeProblem {
  /** [rows, rows] */
  readonly likeness: Tensor;
  /** 1 or -1: [rows, classes]. */
  readonly targets: Tensor;
  readonly penalty: number;
}

/** Of the squared length of the first gradient: what float32 does not resolve. */
const LEAST_SHARE = 1e-8;

/** Newton's steps along a line, on which the loss is made of pieces of parabolas. */
const LINE_STEPS = 4;

/** f = 0, from where the first step goes against the gradient. */
export function startOf({ likeness, targets }: HingeProblem): Descent {
  const coefficients = zerosLike(targets);
  const along = matmul(likeness, targets);
  const square = inner(targets, along);
  return {
    coefficients,
    outputs: coefficients,
    gradient: mul(targets, -1),
    square,
    resolution: mul(square, LEAST_SHARE),
    direction: targets,
    along,
  };
}

/** Some iterations of nonlinear conjugate gradients (Polak & Ribiere 1969), each of one product with the likenesses. */
export function descend(state: Descent, problem: HingeProblem, iterations: number): Descent {
  const { likeness } = problem;
  // outputs that are only added to drift away from those of the coefficients
  const outputs = matmul(likeness, state.coefficients);
  const start = { ...state, outputs, along: matmul(likeness, state.direction) };
  const [end] = scan((now) => [iterate(now, problem), null], start, null, { length: iterations });
  return end;
}

function iterate(state: Descent, { likeness, targets, penalty }: HingeProblem): Descent {
  const isMoving = greater(state.square, state.resolution);
  const length = where(isMoving, lineMinimum(state, targets, penalty), 0);
  const coefficients = add(state.coefficients, mul(state.direction, length));
  const outputs = add(state.outputs, mul(state.along, length));
  const pull = mul(slacksOf(outputs, targets), targets);
  const gradient = sub(mul(coefficients, penalty), pull);
  const slope = sub(mul(outputs, penalty), matmul(likeness, pull));
  const squared = inner(gradient, slope);
  const gain = sub(squared, inner(state.gradient, slope));
  const turn = where(isMoving, maximum(div(gain, state.square), 0), 0);
  return {
    coefficients,
    outputs,
    gradient,
    square: maximum(squared, 0),
    resolution: state.resolution,
    direction: sub(mul(state.direction, turn), gradient),
    along: sub(mul(state.along, turn), slope),
  };
}

/** How far to go along the direction: [classes]. */
function lineMinimum(state: Descent, targets: Tensor, penalty: number): Tensor {
  const { coefficients, outputs, direction, along } = state;
  const rise = mul(inner(direction, outputs), penalty);
  const bend = mul(inner(direction, along), penalty);
  let length = zerosLike(rise);
  for (let step = 0; step < LINE_STEPS; step++) {
    const slacks = slacksOf(add(outputs, mul(along, length)), targets);
    const slope = sub(add(rise, mul(bend, length)), inner(mul(slacks, targets), along));
    const inside = cast(greater(slacks, 0), coefficients.dtype);
    const curvature = add(bend, inner(inside, square(along)));
    length = sub(length, div(slope, curvature));
  }
  return length;
}

/** By how much outputs miss the margins. */
function slacksOf(outputs: Tensor, targets: Tensor): Tensor {
  return maximum(sub(1, mul(targets, outputs)), 0);
}

/** Products of columns. */
function inner(a: Tensor, b: Tensor): Tensor {
  return sum(mul(a, b), { axis: 0 });
}

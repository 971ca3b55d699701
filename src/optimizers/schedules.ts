export { cosineDecay, cosineDecayRestarts } from './schedules/cosine-decay.ts';
export { exponentialDecay, inverseTimeDecay } from './schedules/exponential-decay.ts';
export { oneCycle } from './schedules/one-cycle.ts';
export { piecewiseConstantDecay } from './schedules/piecewise-constant-decay.ts';
export { polynomialDecay } from './schedules/polynomial-decay.ts';

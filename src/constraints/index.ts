export { maxNorm, minMaxNorm, nonNeg, unitNorm } from './constraints.ts';

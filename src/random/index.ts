export {
  bernoulli,
  categorical,
  dropoutMask,
  type NormalOptions,
  normal,
  randint,
  truncatedNormal,
  type UniformOptions,
  uniform,
} from './distributions.ts';
export { bits, foldIn, key, split } from './keys.ts';
export { NumberStream } from './number-stream.ts';
export { permutationOf } from './permutation.ts';
export { beta, gamma, poisson, type ShapedOptions } from './rejection.ts';
export { permutation } from './shuffle.ts';

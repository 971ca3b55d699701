/** Keras's epsilon: probabilities are kept this far from 0 and 1, divisors from 0. */
export const EPSILON = 1e-7;

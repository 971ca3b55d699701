export { FastICA, type FastICAOptions, fastICA, type IterationListener } from './fast-ica.ts';
export { KMeans, type KMeansOptions, kMeans } from './k-means.ts';
export { KernelMachine, type KernelMachineOptions, kernelMachine } from './kernel-machine.ts';
export type { KernelOptions } from './kernels.ts';
export { type MaximumMargin, maximumMargin } from './maximum-margin.ts';
export {
  kNearestNeighbours,
  NearestNeighbours,
  type NearestNeighboursOptions,
  type Neighbours,
} from './nearest-neighbours.ts';
export {
  PairwiseClassifier,
  type PairwiseClassifierOptions,
  pairwiseClassifier,
} from './pairwise-classifier.ts';
export { Pca, type PcaOptions, pca } from './pca.ts';
export {
  type LinearDecision,
  multiclassPerceptron,
  type Perceptron,
  type PerceptronFitOptions,
  type PerceptronOptions,
  type PerceptronReport,
  perceptron,
} from './perceptron.ts';
export { type PolynomialFeaturesOptions, polynomialFeatures } from './polynomial-features.ts';
export { type ClassListener, RbfNetwork, type RbfNetworkOptions, rbfNetwork } from './rbf-network.ts';
export { RidgeClassifier, type RidgeClassifierOptions, ridgeClassifier } from './ridge-classifier.ts';
export {
  SparseCoding,
  type SparseCodingOptions,
  sparseCoding,
  type UpdateListener,
} from './sparse-coding.ts';
export { tangentDistances, tangentVectors } from './tangent-distance.ts';
export {
  TangentNeighbours,
  type TangentNeighboursOptions,
  tangentNeighbours,
} from './tangent-neighbours.ts';

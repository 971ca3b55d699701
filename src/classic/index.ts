export { FastICA, type FastICAOptions, fastICA, type IterationListener } from './fast-ica.ts';
export { type MaximumMargin, maximumMargin } from './maximum-margin.ts';
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
export {
  SparseCoding,
  type SparseCodingOptions,
  sparseCoding,
  type UpdateListener,
} from './sparse-coding.ts';

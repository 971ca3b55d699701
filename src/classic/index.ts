export { FastICA, type FastICAOptions, fastICA, type IterationListener } from './fast-ica.ts';
export { Pca, type PcaOptions, pca } from './pca.ts';

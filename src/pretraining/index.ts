export type { AnnealingOptions, LogPartitionEstimate } from './annealed-importance.ts';
export { type Autoencoder, type AutoencoderOptions, autoencoder } from './autoencoder.ts';
export { type DenoisingOptions, pretrainDenoising } from './denoising.ts';
export type { GibbsOptions, GibbsResult } from './gibbs.ts';
export { type PretrainOptions, pretrainStack } from './pretrain-stack.ts';
export { Rbm, rbm } from './rbm.ts';
export type { RbmOptions, RbmParameters } from './rbm-options.ts';
export type { RbmFitOptions } from './training-options.ts';
export type { UnitKind } from './units.ts';

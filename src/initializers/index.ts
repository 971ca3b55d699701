export { constant, ones, zeros } from './constants.ts';
export { identity, orthogonal } from './matrices.ts';
export { randomNormal, randomUniform, truncatedNormal } from './random.ts';
export { stft } from './stft.ts';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from './variance-scaling.ts';

export { binaryCrossentropy } from './binary-crossentropy.ts';
export { circle } from './circle.ts';
export {
  categoricalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  sparseCategoricalCrossentropy,
} from './crossentropy.ts';
export { ctc } from './ctc.ts';
export { kullbackLeibler, poisson } from './divergence.ts';
export { binaryFocalCrossentropy, categoricalFocalCrossentropy } from './focal.ts';
export { categoricalHinge, hinge, squaredHinge } from './hinge.ts';
export { dice, tversky } from './overlap.ts';
export {
  cosineSimilarity,
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from './regression.ts';

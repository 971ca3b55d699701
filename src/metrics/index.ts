export {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} from './accuracy.ts';
export { auc } from './auc.ts';
export { confusionMatrixMetric as confusionMatrix } from './confusion-matrix.ts';
export { concordanceCorrelation, pearsonCorrelation } from './correlation.ts';
export { f1Score, fBetaScore } from './f-score.ts';
export { binaryIoU, iou, meanIoU, oneHotIoU, oneHotMeanIoU } from './iou.ts';
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  categoricalHinge,
  cosineSimilarity,
  hinge,
  kullbackLeibler,
  logCoshError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
} from './of-losses.ts';
export {
  precisionAtRecall,
  recallAtPrecision,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
} from './operating-points.ts';
export {
  falseNegatives,
  falsePositives,
  precision,
  recall,
  trueNegatives,
  truePositives,
} from './outcomes.ts';
export { mean, sum } from './reductions.ts';
export { r2Score, rootMeanSquaredError } from './regression.ts';
export { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from './top-k.ts';

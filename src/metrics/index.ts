export { binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from './accuracy.ts';
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  meanAbsoluteError,
  meanSquaredError,
  sparseCategoricalCrossentropy,
} from './of-losses.ts';

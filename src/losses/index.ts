export {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from './crossentropy.ts';
export { meanAbsoluteError, meanSquaredError } from './regression.ts';

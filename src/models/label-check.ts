import { type BatchShape, formatBatchShape } from '../layers/batch-shape.ts';
import type { LabelKind, Loss } from '../losses/loss.ts';
import { AntlerDataError, AntlerShapeError, at } from '../util/errors.ts';
import { type Shape, sameShape } from '../util/shapes.ts';
import { elementAt, type Rows } from './rows.ts';

/**
 * Checks all labels against a loss before anything is computed.
 * @param output shape of the prediction, batch axis first
 * @throws AntlerShapeError, AntlerDataError that name the loss and what the labels are
 */
export function requireFittingLabels(labels: Rows, loss: Loss, output: BatchShape, where: string): void {
  const prediction = output.slice(1).map((extent) => extent ?? -1);
  CHECKS[loss.labels](labels, prediction, { loss, output, where });
}

interface Context {
  readonly loss: Loss;
  readonly output: BatchShape;
  readonly where: string;
}

type Check = (labels: Rows, prediction: Shape, context: Context) => void;

const CHECKS: Record<LabelKind, Check> = {
  classes(labels, prediction, context) {
    const expected = prediction.slice(0, -1);
    const fits = sameShape(labels.rowShape, expected) || sameShape(labels.rowShape, [...expected, 1]);
    if (!fits)
      throw misshapen(labels, 'one class number an example', context, classesFix(labels, prediction));
    requireClasses(labels, at(prediction, -1), context);
  },
  oneHot(labels, prediction, context) {
    requirePredictionShape(labels, prediction, 'a vector over the classes for each example', context);
    requireUnitInterval(labels, context);
  },
  binary(labels, prediction, context) {
    requirePredictionShape(labels, prediction, 'labels of the shape of the prediction', context);
    requireUnitInterval(labels, context);
  },
  values(labels, prediction, context) {
    requirePredictionShape(labels, prediction, 'labels of the shape of the prediction', context);
  },
  sequences(labels, prediction, context) {
    if (labels.rowShape.length !== 1 || prediction.length !== 2)
      throw misshapen(labels, 'class numbers one after the other for each example', context);
    requireClasses(labels, at(prediction, -1), context);
  },
  groups(labels, prediction, context) {
    if (labels.rowSize !== 1 || prediction.length !== 1)
      throw misshapen(labels, 'one group number an example', context);
  },
};

function requirePredictionShape(labels: Rows, prediction: Shape, expected: string, context: Context): void {
  const { rowShape } = labels;
  const dropsUnit = prediction.at(-1) === 1 && sameShape(rowShape, prediction.slice(0, -1));
  if (sameShape(rowShape, prediction) || dropsUnit) return;
  throw misshapen(labels, expected, context, vectorsFix(labels, prediction, context.loss));
}

function misshapen(
  labels: Rows,
  expected: string,
  { loss, output, where }: Context,
  fix?: string,
): AntlerShapeError {
  return new AntlerShapeError({
    where: `${where}, labels`,
    expected: `${expected} for ${loss.name} of a prediction ${formatBatchShape(output)}`,
    got: `labels ${formatBatchShape([null, ...labels.rowShape])}`,
    ...(fix === undefined ? {} : { fix }),
  });
}

function classesFix({ rowShape }: Rows, prediction: Shape): string | undefined {
  if (sameShape(rowShape, prediction)) return 'one-hot labels go with categoricalCrossentropy';
  return flattenFix(rowShape, prediction);
}

/** For pictures that reach the last layer as pictures. */
function flattenFix(rowShape: Shape, prediction: Shape): string | undefined {
  if (prediction.length < 3 || rowShape.length > 1) return undefined;
  return 'put layers.flatten() or layers.globalAveragePooling2d() before the last layer';
}

function vectorsFix({ rowShape }: Rows, prediction: Shape, loss: Loss): string | undefined {
  const perExample =
    sameShape(rowShape, prediction.slice(0, -1)) || sameShape(rowShape, [...prediction.slice(0, -1), 1]);
  if (loss.labels !== 'oneHot' || !perExample) return unitsFix(rowShape, prediction, loss);
  return 'class numbers go with sparseCategoricalCrossentropy; or make vectors with oneHot(labels, classes)';
}

/** For a last layer of another width than the labels. */
function unitsFix(rowShape: Shape, prediction: Shape, loss: Loss): string | undefined {
  if (rowShape.length !== 1 || prediction.length !== 1) return flattenFix(rowShape, prediction);
  const units = `give the last layer ${rowShape[0]} units`;
  return loss.labels === 'binary' && prediction[0] === 1
    ? `${units} with softmax and the loss categoricalCrossentropy, or the labels one column`
    : units;
}

/** What to do about a number that is no class. */
function classFix(label: number, classes: number): string {
  if (Number.isNaN(label)) return 'remove or replace what is not known';
  if (classes === 1) return 'one unit goes with sigmoid and the loss binaryCrossentropy';
  if (!Number.isInteger(label)) return 'round the labels; or use meanSquaredError, if they are values';
  if (label < 0) return 'number the classes from 0, and leave examples without a class out';
  return `number the classes from 0, or give the last layer ${Math.max(label + 1, classes + 1)} units`;
}

function requireClasses(labels: Rows, classes: number, { loss, where }: Context): void {
  const { ignoreClass } = loss.config as { readonly ignoreClass?: number | null };
  const fits = (label: number) => Number.isInteger(label) && label >= 0 && label < classes;
  const index = labels.data.findIndex((label) => !fits(label) && label !== ignoreClass);
  if (index < 0) return;
  throw new AntlerDataError({
    where: `${where}, labels`,
    expected: `class numbers 0 to ${classes - 1} for ${loss.name}`,
    got: `${at(labels.data, index)} in row ${Math.floor(index / labels.rowSize)}`,
    fix: classFix(at(labels.data, index), classes),
  });
}

function requireUnitInterval(labels: Rows, { loss, where }: Context): void {
  const index = labels.data.findIndex((label) => !(label >= 0 && label <= 1));
  if (index < 0) return;
  const row = Math.floor(index / labels.rowSize);
  throw new AntlerDataError({
    where: `${where}, labels`,
    expected: `labels in [0, 1] for ${loss.name}`,
    got: `${elementAt(labels, row, index % labels.rowSize)} in row ${row}`,
    fix: 'label with 0 for no and 1 for yes; or use meanSquaredError, if they are values',
  });
}

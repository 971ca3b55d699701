import { cast } from '../ops/math/arithmetic.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape, type Shape, sameShape } from '../util/shapes.ts';
import type { LabelKind } from './label-kind.ts';

/**
 * Labels as a loss of that kind of labels takes them.
 * @throws AntlerShapeError for labels that do not fit the prediction
 */
export function alignFor(kind: LabelKind, labels: Tensor, predictions: Tensor, where: string): Tensor {
  if (kind === 'classes') return alignClasses(labels, predictions, where);
  if (kind === 'groups') return alignGroups(labels, predictions, where);
  if (kind === 'sequences') return alignSequences(labels, predictions, where);
  return alignLabels(labels, predictions, where, kind === 'oneHot' ? CLASSES_FIX : undefined);
}

const CLASSES_FIX =
  'class numbers go with sparseCategoricalCrossentropy; or make vectors with oneHot(labels, classes)';

/**
 * Labels in the shape and dtype of the prediction; a last axis of 1 is dropped or added.
 * @param classesFix what to do with class numbers
 * @throws AntlerShapeError otherwise
 */
export function alignLabels(labels: Tensor, predictions: Tensor, where: string, classesFix?: string): Tensor {
  const { shape, dtype } = predictions;
  if (sameShape(labels.shape, shape)) return cast(labels, dtype);
  if (isWithUnit(shape, labels.shape) || isWithUnit(labels.shape, shape))
    return reshape(cast(labels, dtype), shape);
  const examples = shape.slice(0, -1);
  const areClasses = sameShape(labels.shape, examples) || isWithUnit(labels.shape, examples);
  throw new AntlerShapeError({
    where,
    expected: `labels of the shape of the prediction, ${formatShape(shape)}`,
    got: formatShape(labels.shape),
    ...(classesFix && areClasses ? { fix: classesFix } : {}),
  });
}

/** Whether `long` is `short` and a last axis of 1. */
function isWithUnit(long: Shape, short: Shape): boolean {
  return sameShape(long, [...short, 1]);
}

/**
 * Classes [batch, ...] as int32 for a prediction [batch, ..., classes]; a last axis of 1 is dropped.
 * @throws AntlerShapeError otherwise
 */
export function alignClasses(labels: Tensor, predictions: Tensor, where: string): Tensor {
  const expected = predictions.shape.slice(0, -1);
  if (sameShape(labels.shape, expected)) return cast(labels, 'int32');
  if (isWithUnit(labels.shape, expected)) return reshape(cast(labels, 'int32'), expected);
  const areOneHot = sameShape(labels.shape, predictions.shape);
  throw new AntlerShapeError({
    where,
    expected: `one class number an example, ${formatShape(expected)}`,
    got: formatShape(labels.shape),
    ...(areOneHot ? { fix: ONE_HOT_FIX } : {}),
  });
}

const ONE_HOT_FIX =
  'one-hot labels go with the categorical losses and metrics; or make class numbers with argmax(labels, -1)';

/** Groups [batch] or [batch, 1] of embeddings [batch, features] as int32 [batch]. */
function alignGroups(labels: Tensor, embeddings: Tensor, where: string): Tensor {
  const [batch = 1] = embeddings.shape;
  const fits = sameShape(labels.shape, [batch]) || sameShape(labels.shape, [batch, 1]);
  if (fits && embeddings.rank === 2) return reshape(cast(labels, 'int32'), [batch]);
  throw new AntlerShapeError({
    where,
    expected: 'embeddings [batch, features] and one group number an example, [batch]',
    got: `${formatShape(embeddings.shape)} and ${formatShape(labels.shape)}`,
  });
}

/** Label sequences [batch, length] as int32, for logits [batch, time, classes]. */
function alignSequences(labels: Tensor, logits: Tensor, where: string): Tensor {
  if (labels.rank === 2 && logits.rank === 3 && labels.shape[0] === logits.shape[0])
    return cast(labels, 'int32');
  throw new AntlerShapeError({
    where,
    expected: 'logits [batch, time, classes] and label sequences [batch, length]',
    got: `${formatShape(logits.shape)} and ${formatShape(labels.shape)}`,
  });
}

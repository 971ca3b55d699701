import { cast } from '../ops/arithmetic.ts';
import { reshape } from '../ops/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';

/**
 * Labels in the shape and dtype of the prediction; [batch] fits [batch, 1].
 * @throws AntlerShapeError otherwise
 */
export function alignLabels(labels: Tensor, predictions: Tensor, where: string): Tensor {
  const { shape, dtype } = predictions;
  if (sameShape(labels.shape, shape)) return cast(labels, dtype);
  if (shape.at(-1) === 1 && sameShape(labels.shape, shape.slice(0, -1)))
    return reshape(cast(labels, dtype), shape);
  throw new AntlerShapeError({
    where,
    expected: `labels of the shape of the prediction, ${formatShape(shape)}`,
    got: formatShape(labels.shape),
  });
}

/**
 * Classes [batch, ...] as int32 for a prediction [batch, ..., classes]; a last axis of 1 is dropped.
 * @throws AntlerShapeError otherwise
 */
export function alignClasses(labels: Tensor, predictions: Tensor, where: string): Tensor {
  const expected = predictions.shape.slice(0, -1);
  if (sameShape(labels.shape, expected)) return cast(labels, 'int32');
  if (sameShape(labels.shape, [...expected, 1])) return reshape(cast(labels, 'int32'), expected);
  throw new AntlerShapeError({
    where,
    expected: `one class number an example, ${formatShape(expected)}`,
    got: formatShape(labels.shape),
  });
}

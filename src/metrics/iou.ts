import { EPSILON } from '../losses/epsilon.ts';
import { take } from '../ops/index/take.ts';
import { diagonal } from '../ops/linalg/diagonals.ts';
import { add, cast, where as choose, div, sub } from '../ops/math/arithmetic.ts';
import { greater, greaterEqual } from '../ops/math/compare.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Accumulated } from './accumulated.ts';
import { type ClassForm, classNumbers, countPairs, requireNumClasses } from './class-pairs.ts';
import type { Metric, MetricOptions } from './metric.ts';

interface SharedOptions extends MetricOptions {
  readonly numClasses: number;
  /** Labels of this class do not count. */
  readonly ignoreClass?: number;
  /** The axis of vectors over the classes. Default -1. */
  readonly axis?: number;
}

/** Options of `oneHotMeanIoU`. */
export interface OneHotMeanIoUOptions extends SharedOptions {
  /** Predictions are class numbers. Default false: vectors over the classes. */
  readonly sparseYPred?: boolean;
}

/** Options of `meanIoU`. */
export interface MeanIoUOptions extends SharedOptions {
  /** Labels are class numbers (default), or vectors over the classes. */
  readonly sparseYTrue?: boolean;
  /** Predictions are class numbers (default), or vectors over the classes. */
  readonly sparseYPred?: boolean;
}

/** The classes whose overlaps are averaged. */
interface Targets {
  readonly targetClassIds: readonly number[];
}

/** Options of `binaryIoU`. */
export interface BinaryIoUOptions extends MetricOptions {
  /** The classes that are averaged. Default 0 and 1. */
  readonly targetClassIds?: readonly number[];
  /** A prediction of at least that is a 1. Default 0.5. */
  readonly threshold?: number;
}

const SHARED = ['name', 'numClasses', 'ignoreClass', 'axis', 'sparseYPred'];

/**
 * Intersection over union, true positives / (labels + predictions - true positives), averaged over the target
 * classes that occur: class numbers, or vectors over the classes, [batch, ...].
 */
export function iou(options: MeanIoUOptions & Targets): Metric {
  requireKnownOptions({ ...options }, [...SHARED, 'sparseYTrue', 'targetClassIds'], 'iou');
  return overlap('iou', options, options?.targetClassIds ?? []);
}

/** Intersection over union, averaged over all classes that occur. See `iou`. */
export function meanIoU(options: MeanIoUOptions): Metric {
  requireKnownOptions({ ...options }, [...SHARED, 'sparseYTrue'], 'meanIoU');
  return overlap('meanIoU', options);
}

/** `iou` of labels and predictions that are vectors over the classes. */
export function oneHotIoU(options: OneHotMeanIoUOptions & Targets): Metric {
  requireKnownOptions({ ...options }, [...SHARED, 'targetClassIds'], 'oneHotIoU');
  return overlap('oneHotIoU', { ...ONE_HOT, ...options }, options?.targetClassIds ?? []);
}

/** `meanIoU` of labels and predictions that are vectors over the classes. */
export function oneHotMeanIoU(options: OneHotMeanIoUOptions): Metric {
  requireKnownOptions({ ...options }, SHARED, 'oneHotMeanIoU');
  return overlap('oneHotMeanIoU', { ...ONE_HOT, ...options });
}

const ONE_HOT = { sparseYTrue: false, sparseYPred: false };

/** Intersection over union of labels 0 and 1 and predictions that reach a threshold. */
export function binaryIoU(options: BinaryIoUOptions = {}): Metric {
  requireKnownOptions(options, ['name', 'targetClassIds', 'threshold'], 'binaryIoU');
  const { name = 'binaryIoU', targetClassIds = [0, 1], threshold = 0.5 } = options;
  requireTargets(targetClassIds, 2, 'binaryIoU');
  return pairMetric(name, 2, targetClassIds, (labels, predictions, weights) => {
    const decided = cast(greaterEqual(predictions, threshold), 'int32');
    const { y, p } = classNumbers(labels, decided, { ...SPARSE, axis: -1 }, 'binaryIoU');
    return countPairs(y, p, { numClasses: 2, weights });
  });
}

const SPARSE = { sparseYTrue: true, sparseYPred: true };

/** @param targets default: all classes */
function overlap(where: string, options: MeanIoUOptions, targets?: readonly number[]): Metric {
  const numClasses = requireNumClasses(options, where);
  const { name = where, ignoreClass, axis = -1, sparseYTrue = true, sparseYPred = true } = options;
  const form: ClassForm = { sparseYTrue, sparseYPred, axis };
  const ids = targets ?? Array.from({ length: numClasses }, (_, i) => i);
  requireTargets(ids, numClasses, where);
  return pairMetric(name, numClasses, ids, (labels, predictions, weights) => {
    const { y, p } = classNumbers(labels, predictions, form, where);
    return countPairs(y, p, { numClasses, ignoreClass, weights });
  });
}

function requireTargets(ids: readonly number[], numClasses: number, where: string): void {
  const stranger = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < numClasses));
  if (ids.length > 0 && stranger === undefined) return;
  throw new AntlerValueError({
    where,
    expected: `targetClassIds, one or more of the classes 0 to ${numClasses - 1}`,
    got: ids.length === 0 ? 'none' : String(stranger),
  });
}

function pairMetric(
  name: string,
  numClasses: number,
  targets: readonly number[],
  count: (labels: Tensor, predictions: Tensor, weights: Tensor | undefined) => Tensor,
): Metric {
  return new Accumulated({
    name,
    shapes: { pairs: [numClasses, numClasses] },
    measure: (labels, predictions, weights) => ({ pairs: count(labels, predictions, weights) }),
    result: ({ pairs }) => meanOverlap(pairs, targets),
  });
}

function meanOverlap(pairs: Tensor, targets: readonly number[]): Tensor {
  const both = diagonal(pairs);
  const either = sub(add(sum(pairs, 0), sum(pairs, 1)), both);
  const [common, all] = [take(both, targets), take(either, targets)];
  const occurs = greater(all, 1e-9);
  const overlaps = choose(occurs, div(common, add(all, EPSILON)), 0);
  return div(sum(overlaps), add(sum(occurs), EPSILON));
}

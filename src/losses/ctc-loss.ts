import { scan } from '../ops/control/control.ts';
import type { TensorLike } from '../ops/convert.ts';
import { toTensor } from '../ops/convert.ts';
import { arange, full, oneHot } from '../ops/create.ts';
import { einsum } from '../ops/linalg/einsum.ts';
import { add, cast, mul, neg, where } from '../ops/math/arithmetic.ts';
import { equal, less } from '../ops/math/compare.ts';
import { logaddexp } from '../ops/math/logarithms.ts';
import { logSoftmax } from '../ops/nn/nn.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { concat, expandDims, transpose } from '../ops/shape/shape.ts';
import { sliceAxis } from '../ops/shape/slicing.ts';
import { pad } from '../ops/shape/tiling.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';

/** Options of `ctcLoss`. */
export interface CtcOptions {
  /** How many labels each sequence has, integers [batch]. Default: those that are not the blank. */
  readonly labelLengths?: TensorLike;
  /** How many steps of each prediction count, integers [batch]. Default: all. */
  readonly logitLengths?: TensorLike;
  /** The class that stands for no label, and for what is behind the labels. Default 0. */
  readonly maskIndex?: number;
}

/** Log probability of what cannot be. Finite, as in Keras: an impossible alignment costs about 1e5, and has a slope. */
const LOG_OF_NOTHING = -1e5;

/** Log probabilities of all ways to have emitted so many labels by now. */
interface Paths {
  /** Those that end in a blank behind n labels: [batch, labels + 1]. */
  readonly blank: Tensor;
  /** Those that end in label n: [batch, labels]. */
  readonly emit: Tensor;
}

interface Step {
  /** Log probability of each label, [batch, labels]. */
  readonly emit: Tensor;
  /** Log probability of the blank, [batch, 1]. */
  readonly blank: Tensor;
  /** Whether the step counts, bool [batch, 1]. */
  readonly counts: Tensor;
}

/**
 * -log of the probability that a prediction, repeats merged and blanks left out, reads as the labels (connectionist
 * temporal classification, Graves 2006). As Keras 3; labels that need more steps than there are cost about 1e5.
 * @param labels integers [batch, length]
 * @param logits [batch, time, classes]
 * @returns [batch]
 * @throws AntlerShapeError, AntlerValueError for shapes and options that do not fit
 */
export function ctcLoss(labels: TensorLike, logits: TensorLike, options: CtcOptions = {}): Tensor {
  const { maskIndex = 0 } = options;
  const [y, x] = [cast(labels, 'int32'), toTensor(logits, 'ctcLoss')];
  requireSequences(y, x, maskIndex);
  const [batch, length] = y.shape as [number, number];
  const isLabel = cast(equal(equal(y, maskIndex), false), 'int32');
  const labelLengths = lengths(options.labelLengths, batch, 'labelLengths') ?? sum(isLabel, -1);
  const steps = logSteps(y, x, maskIndex, lengths(options.logitLengths, batch, 'logitLengths'));
  const start: Paths = {
    blank: concat([full([batch, 1], 0, x.dtype), full([batch, length], LOG_OF_NOTHING, x.dtype)], 1),
    emit: full([batch, length], LOG_OF_NOTHING, x.dtype),
  };
  const repeats = repeated(y, x);
  const [paths] = scan(
    (before: Paths, step: Step): [Paths, null] => [advance(before, step, repeats), null],
    start,
    steps,
  );
  const ends = closed(paths.blank, paths.emit);
  return neg(sum(where(oneHot(labelLengths, length + 1, 'bool'), ends, 0), -1));
}

/** 1 for a label that the same label follows: [batch, labels]. */
function repeated(y: Tensor, { dtype }: Tensor): Tensor {
  const last = at(y.shape, 1) - 1;
  const isRepeat = cast(equal(sliceAxis(y, 1, 0, last), sliceAxis(y, 1, 1, last)), dtype);
  return pad(isRepeat, [
    [0, 0],
    [0, 1],
  ]);
}

/** What each step of time gives, time first. */
function logSteps(y: Tensor, logits: Tensor, maskIndex: number, logitLengths: Tensor | undefined): Step {
  const [batch, time, classes] = logits.shape as [number, number, number];
  const logP = transpose(logSoftmax(logits), [1, 0, 2]);
  const numbers = expandDims(arange(time), 1);
  const counts = less(numbers, expandDims(logitLengths ?? full([batch], time, 'int32'), 0));
  return {
    emit: einsum('tbk,bnk->tbn', logP, oneHot(y, classes, logits.dtype)),
    blank: sliceAxis(logP, 2, maskIndex, 1),
    counts: expandDims(counts, 2),
  };
}

/** One step of time. */
function advance(before: Paths, step: Step, repeats: Tensor): Paths {
  const impossible = (where: Tensor) => mul(where, LOG_OF_NOTHING);
  // a label may follow another at once, unless they are the same
  const ready = closed(before.blank, add(before.emit, impossible(repeats)));
  const staying = add(before.emit, step.emit);
  const starting = add(sliceAxis(ready, 1, 0, at(before.emit.shape, 1)), step.emit);
  // for a repeat, `ready` does not have the paths that now pause between the two
  const pausing = add(add(before.emit, step.blank), impossible(add(neg(repeats), 1)));
  const blank = closed(add(ready, step.blank), pausing);
  const emit = logaddexp(starting, staying);
  return {
    blank: where(step.counts, blank, before.blank),
    emit: where(step.counts, emit, before.emit),
  };
}

/** Paths behind n labels, those that end in label n among them: [batch, labels + 1]. */
function closed(blank: Tensor, emit: Tensor): Tensor {
  const labels = at(emit.shape, 1);
  const none = sliceAxis(blank, 1, 0, 1);
  return concat([none, logaddexp(sliceAxis(blank, 1, 1, labels), emit)], 1);
}

function lengths(given: TensorLike | undefined, batch: number, option: string): Tensor | undefined {
  if (given === undefined) return undefined;
  const found = cast(given, 'int32');
  if (sameShape(found.shape, [batch])) return found;
  throw new AntlerShapeError({
    where: `ctcLoss, ${option}`,
    expected: `one length an example, ${formatShape([batch])}`,
    got: formatShape(found.shape),
  });
}

function requireSequences(labels: Tensor, logits: Tensor, maskIndex: number): void {
  if (
    labels.rank !== 2 ||
    logits.rank !== 3 ||
    labels.shape[0] !== logits.shape[0] ||
    labels.shape[1] === 0
  ) {
    throw new AntlerShapeError({
      where: 'ctcLoss',
      expected: 'labels [batch, length] and logits [batch, time, classes]',
      got: `${formatShape(labels.shape)} and ${formatShape(logits.shape)}`,
    });
  }
  const classes = at(logits.shape, 2);
  if (Number.isInteger(maskIndex) && maskIndex >= 0 && maskIndex < classes) return;
  throw new AntlerValueError({
    where: 'ctcLoss',
    expected: `maskIndex, one of the classes 0 to ${classes - 1}`,
    got: String(maskIndex),
  });
}

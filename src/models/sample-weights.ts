import type { LabelKind } from '../losses/loss.ts';
import { AntlerDataError, AntlerValueError } from '../util/errors.ts';
import type { OutputLabels } from './labels.ts';
import type { OutputHead } from './output-head.ts';
import { asRows, elementAt, type Rows, type RowsLike, requireEqualCounts } from './rows.ts';

/** Weights by class; classes left out count 1. */
export type ClassWeight = Readonly<Record<number, number>>;

/** Labels of all outputs, and what is learnt from them. */
interface Labelled {
  readonly count: number;
  readonly labels: OutputLabels;
  readonly heads: readonly OutputHead[];
}

interface WeightOptions {
  readonly classWeight?: ClassWeight;
  readonly sampleWeight?: RowsLike;
}

/**
 * The weight of every example, or undefined where all count alike.
 * @throws AntlerValueError for both kinds at once
 */
export async function exampleWeights(
  examples: Labelled,
  { classWeight, sampleWeight }: WeightOptions,
  where: string,
): Promise<Rows | undefined> {
  if (classWeight && sampleWeight) {
    throw new AntlerValueError({
      where,
      expected: 'classWeight or sampleWeight',
      got: 'both',
      fix: 'multiply the weights of samples by those of their classes',
    });
  }
  if (classWeight) return weightsOfClasses(onlyLabels(examples, where), classWeight, where);
  if (!sampleWeight) return undefined;
  const weights = await asRows(sampleWeight, 'float32', `${where}, sampleWeight`);
  requireEqualCounts(examples, weights, 'sample weights', where);
  if (weights.rowShape.length > 0) {
    throw new AntlerDataError({
      where,
      expected: 'one sample weight an example',
      got: `${weights.rowSize}`,
      fix: 'give [count] weights',
    });
  }
  return weights;
}

interface ClassLabels {
  readonly labels: Rows;
  readonly kind: LabelKind;
  /** How many classes there are. */
  readonly classes: number;
}

/** The labels of the only output, and what they are. */
function onlyLabels({ labels, heads }: Labelled, where: string): ClassLabels {
  const [[rows], [head]] = [labels, heads];
  if (rows && head?.loss && heads.length === 1) {
    const kind = head.loss.labels;
    return { labels: rows, kind, classes: kind === 'binary' ? 2 : Number(head.output.shape.at(-1)) };
  }
  throw new AntlerValueError({
    where,
    expected: 'classWeight for a model of one output',
    got: `${heads.length} outputs`,
    fix: 'give sampleWeight',
  });
}

function weightsOfClasses(
  { labels, kind, classes }: ClassLabels,
  classWeight: ClassWeight,
  where: string,
): Rows {
  if (kind === 'values' || (kind !== 'oneHot' && labels.rowSize !== 1)) {
    throw new AntlerValueError({
      where,
      expected: 'classWeight for a loss of one class an example',
      got: 'another loss',
    });
  }
  requireClassesOf(classWeight, classes, where);
  const data = Float32Array.from(
    { length: labels.count },
    (_, row) => classWeight[classOf(labels, row)] ?? 1,
  );
  return { data, count: labels.count, rowShape: [], rowSize: 1, dtype: 'float32' };
}

function requireClassesOf(classWeight: ClassWeight, classes: number, where: string): void {
  const stranger = Object.keys(classWeight).find((key) => !(Number(key) < classes));
  if (stranger === undefined) return;
  throw new AntlerValueError({
    where,
    expected: `classWeight for the classes 0 to ${classes - 1}`,
    got: `the class ${stranger}`,
    fix: 'number the classes as the labels do, from 0',
  });
}

/** The class of a row: its number, or the place of its largest element. */
function classOf(labels: Rows, row: number): number {
  if (labels.rowSize === 1) return Math.round(elementAt(labels, row, 0));
  let best = 0;
  for (let i = 1; i < labels.rowSize; i++) {
    if (elementAt(labels, row, i) > elementAt(labels, row, best)) best = i;
  }
  return best;
}

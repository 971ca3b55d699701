import type { Graph } from '../../graph/graph.ts';
import { type Attrs, type Aval, Node } from '../../graph/node.ts';
import { apply, type ControlPrimitive, type PartPrimitive, type RunBody } from '../../graph/primitive.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { condGradient } from './cond-gradient.ts';
import { batchCond, batchScan, batchWhile } from './control-batch.ts';
import { scanGradient } from './scan-gradient.ts';

/** A control node's own value is never read. */
const NOTHING: Aval = { shape: [], dtype: 'float32' };

const partPrimitive: PartPrimitive = {
  kind: 'part',
  name: 'part',
  infer: (_inputs, { shape, dtype }) => ({ shape: shape as number[], dtype: dtype as Aval['dtype'] }),
  gradient: () => [null],
};

/** The results of a control node, in order. */
export function partsOf(control: Node, avals: readonly Aval[]): Node[] {
  return avals.map(({ shape, dtype }, index) => apply(partPrimitive, [control], { index, shape, dtype }));
}

/** Which result a part node is. */
export function partIndex(part: Node): number {
  return Number(part.attrs.index);
}

export type ScanAttrs = {
  readonly length: number;
  /** From the last element to the first. */
  readonly reverse: boolean;
  /** How many inputs are carried from step to step, and how many are walked along; the rest are constants. */
  readonly carries: number;
  readonly sequences: number;
};

export const scanPrimitive: ControlPrimitive<ScanAttrs> = {
  kind: 'control',
  name: 'scan',
  infer: () => NOTHING,
  gradient: () => [],
  partGradient: scanGradient,
  batchParts: batchScan,
  reference: (node, inputs, run) => referenceScan(node, node.attrs as ScanAttrs, inputs, run),
};

/**
 * Runs `body` for every element of sequences: inputs [...carries, ...elements, ...constants], outputs [...carries, ...results].
 * Parts: the last carries, then each result stacked along a new first axis.
 * @param inputs [...first carries, ...sequences, ...constants]
 */
export function scan(body: Graph, inputs: readonly Node[], attrs: ScanAttrs): Node[] {
  const node = new Node(scanPrimitive, inputs, attrs, NOTHING, [body]);
  const avals = body.outputs.map(({ shape, dtype }, i) =>
    i < attrs.carries ? { shape, dtype } : { shape: [attrs.length, ...shape], dtype },
  );
  return partsOf(node, avals);
}

function referenceScan(
  node: Node,
  attrs: ScanAttrs,
  inputs: readonly Float64Array[],
  run: RunBody,
): Float64Array[] {
  const body = at(node.bodies, 0);
  const { carries: count, sequences, length } = attrs;
  let carries = inputs.slice(0, count);
  const results = body.outputs.slice(count).map(({ shape }) => new Float64Array(length * sizeOf(shape)));
  for (let step = 0; step < length; step++) {
    const place = attrs.reverse ? length - 1 - step : step;
    const elements = inputs.slice(count, count + sequences).map((sequence) => {
      const size = sequence.length / length;
      return sequence.subarray(place * size, (place + 1) * size);
    });
    const outputs = run(body, [...carries, ...elements, ...inputs.slice(count + sequences)]);
    carries = outputs.slice(0, count);
    outputs.slice(count).forEach((values, i) => {
      at(results, i).set(values, place * values.length);
    });
  }
  return [...carries, ...results];
}

const whilePrimitive: ControlPrimitive<{ carries: number }> = {
  kind: 'control',
  name: 'while',
  infer: () => NOTHING,
  gradient: () => [],
  partGradient: () => {
    throw new AntlerValueError({
      where: 'grad of whileLoop',
      expected: 'a loop whose number of steps is known',
      got: 'one that ends by a condition',
      fix: 'use scan, or stopGradient around the loop',
    });
  },
  batchParts: batchWhile,
  reference: (node, inputs, run) => {
    const [test, body] = [at(node.bodies, 0), at(node.bodies, 1)];
    const count = Number(node.attrs.carries);
    const constants = inputs.slice(count);
    let carries = inputs.slice(0, count);
    while (at(at(run(test, [...carries, ...constants]), 0), 0) !== 0)
      carries = run(body, [...carries, ...constants]);
    return [...carries];
  },
};

/**
 * Runs `body` as long as `test` gives true; both take [...carries, ...constants], and `body` gives the next carries.
 * Parts: the last carries.
 */
export function whileLoop(test: Graph, body: Graph, inputs: readonly Node[], carries: number): Node[] {
  return partsOf(new Node(whilePrimitive, inputs, { carries }, NOTHING, [test, body]), body.outputs);
}

const condPrimitive: ControlPrimitive = {
  kind: 'control',
  name: 'cond',
  infer: () => NOTHING,
  gradient: () => [],
  partGradient: condGradient,
  batchParts: batchCond,
  reference: (node, [predicate, ...inputs], run) =>
    run(at(node.bodies, at(predicate ?? [], 0) !== 0 ? 0 : 1), inputs),
};

/** Runs one of two graphs of the same inputs and outputs. Inputs: [bool predicate, ...inputs of both]. */
export function cond(whenTrue: Graph, whenFalse: Graph, inputs: readonly Node[]): Node[] {
  return partsOf(
    new Node(condPrimitive, inputs, {} satisfies Attrs, NOTHING, [whenTrue, whenFalse]),
    whenTrue.outputs,
  );
}

import { resultParts } from '../../layers/layer.ts';
import type { Parts } from '../../layers/several.ts';
import { traceCall } from '../../layers/trace-shape.ts';
import { type ErrorParts, sentence } from '../../util/errors.ts';
import type { Compiled } from '../compiled.ts';
import type { AnyModel } from '../model.ts';
import type { Rows } from '../rows.ts';
import { inputHint } from './input-hint.ts';
import { outputHint } from './output-hint.ts';

/** Settings that were looked at before: what was said once is not said again. */
const seen = new WeakSet<Compiled>();

/**
 * Sentences about what is legal, yet hardly meant: softmax applied twice, pictures of 0 to 255 that nothing scales,
 * nothing left to train. Only the first time after `compile`.
 * @param where the place, for the sentences
 */
export function trainingHints(model: AnyModel, examples: Parts<Rows>, where: string): readonly string[] {
  const { compiled } = model;
  if (seen.has(compiled)) return [];
  seen.add(compiled);
  const hints = [
    frozenHint(model, where),
    inputHint(model, examples, where),
    ...outputHints(model, examples, where),
  ];
  return hints.filter((hint) => hint !== undefined).map((hint) => `hint: ${sentence(hint)}`);
}

function frozenHint(model: AnyModel, where: string): ErrorParts | undefined {
  if (model.weights.length === 0 || model.trainableWeights.length > 0) return undefined;
  return {
    where,
    expected: 'weights that training may change',
    got: `${model.weights.length} that are all frozen`,
    fix: 'set trainable to true for the layers that shall learn',
  };
}

function outputHints(model: AnyModel, examples: Parts<Rows>, where: string): (ErrorParts | undefined)[] {
  const items = examples.items.map(({ rowShape, dtype }) => ({ shape: [null, ...rowShape], dtype }));
  const { result } = traceCall({ ...examples, items }, { batch: 2, other: 64 }, (inputs) =>
    model.apply(inputs.rebuild(inputs.items)),
  );
  const predictions = resultParts(result).items;
  return model.compiled.headsFor(model.namedOutputs).map(({ loss, output }, i) => {
    const prediction = predictions[i];
    const hint = loss && prediction && outputHint(loss, prediction);
    return hint && { where: `${where}, ${output.name}`, ...hint };
  });
}

import type { LabelledImages } from '../../data/labelled-images.ts';
import { tensor } from '../../ops/create.ts';
import { cast } from '../../ops/math/arithmetic.ts';
import { notEqual } from '../../ops/math/compare.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { argmax } from '../../ops/search/arg.ts';
import type { BeliefNetwork } from './belief-network.ts';
import { pixelRows } from './digits.ts';

/** Part of the digits whose label, among all ten, does not have the lowest free energy at the top. */
export async function generativeError(network: BeliefNetwork, digits: LabelledImages): Promise<number> {
  const scores = network.top.classScores(network.features(pixelRows(digits)));
  const wrong = notEqual(argmax(scores, 1), cast(tensor(digits.labels), 'int32'));
  return mean(cast(wrong, 'float32')).item();
}

import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../../test/support/expect-golden.ts';
import { decodeGolden, type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { nonNeg } from '../constraints/constraints.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import * as optimizers from './index.ts';
import type { Optimizer } from './optimizer.ts';
import type { OptimizerName } from './resolve.ts';

interface Inputs {
  readonly names: readonly string[];
  /** Steps after which the variables are compared. */
  readonly shown: readonly number[];
  readonly starts: readonly GoldenArray[];
  readonly gradients: readonly (readonly GoldenArray[])[];
}

interface Case {
  readonly kind: OptimizerName;
  readonly options: { readonly useEma?: boolean };
  readonly states: readonly (readonly GoldenArray[])[];
  readonly slots: readonly GoldenArray[];
}

const { names, shown, starts, gradients } = readGolden<Inputs>('optimizers/inputs.json');
const FACTORIES: Record<OptimizerName, (options: object) => Optimizer> = optimizers;
const FILES = [...Object.keys(FACTORIES).map((name) => name.toLowerCase()), 'common'];

/** As Keras within 1e-5 of each element, or a rounding of the array's size where a difference cancels. */
async function expectClose(actual: Tensor, golden: GoldenArray): Promise<void> {
  expect(actual.shape).toEqual(golden.shape);
  const expected = Array.from(decodeGolden(golden).data);
  const rounding = 2e-7 * Math.max(...expected.map(Math.abs));
  const elements = Array.from(await actual.data());
  const far = elements.filter((element, i) => {
    const want = at(expected, i);
    return !(Math.abs(element - want) <= 1e-5 * Math.abs(want) + rounding);
  });
  if (far.length > 0) expect(elements).toEqual(expected);
}

/** The variables of the generator; under averages the first is held to be not negative. */
function variablesFor({ options }: Case): Variable[] {
  return starts.map((start, i) => {
    const constraint = options.useEma && i === 0 ? nonNeg().apply : undefined;
    return new Variable(goldenTensor(start), { name: at(names, i), constraint });
  });
}

describe.each(FILES)('%s', (file) => {
  it.each(readGolden<Case[]>(`optimizers/${file}.json`))(
    '$kind $options goes the way of Keras',
    async (golden) => {
      const variables = variablesFor(golden);
      const optimizer = FACTORIES[golden.kind](golden.options);
      optimizer.build(variables);
      const step = jit((slopes: Tensor[]) => {
        optimizer.apply(slopes, variables);
        return optimizer.iterations.read();
      });
      for (const [i, slopes] of gradients.entries()) {
        expect(await step(slopes.map(goldenTensor)).item()).toBe(i + 1);
        const state = golden.states[shown.indexOf(i)] ?? [];
        for (const [j, array] of state.entries()) await expectClose(at(variables, j).read(), array);
      }
      const slots = optimizer.variables.slice(2);
      expect(slots.length).toBe(golden.slots.length);
      for (const [i, slot] of slots.entries()) await expectClose(slot.read(), at(golden.slots, i));
    },
  );
});

import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { dense } from '../layers/core/dense.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { sgd } from '../optimizers/sgd.ts';
import { gradients } from '../tensor/gradient.ts';
import { type Constraint, type ConstraintLike, resolveConstraint } from './constraints.ts';
import * as constraints from './index.ts';

interface Case {
  readonly kind: keyof typeof constraints;
  readonly options: object;
  readonly weight: GoldenArray;
  readonly result: GoldenArray;
}

const FACTORIES: Record<keyof typeof constraints, (options: object) => Constraint> = constraints;

describe('constraints', () => {
  it.each(readGolden<Case[]>('constraints/constraints.json'))('$kind $options', async (golden) => {
    const constraint = FACTORIES[golden.kind](golden.options);
    await expectGolden(constraint.apply(goldenTensor(golden.weight)), golden.result);
  });

  it('are known by name', () => {
    expect(resolveConstraint('minMaxNorm', 'dense').config).toEqual({
      minValue: 0,
      maxValue: 1,
      rate: 1,
      axis: 0,
    });
    expect(() => resolveConstraint('nonNegative' as ConstraintLike, 'dense')).toThrow(
      "dense: expected a constraint, got 'nonNegative'",
    );
    expect(() => constraints.maxNorm({ maxValue: -1 })).toThrow('MaxNorm: expected maxValue >= 0, got -1');
    expect(() => constraints.unitNorm({ axes: 1 } as object)).toThrow(
      "UnitNorm: expected an option it knows, got 'axes'; did you mean 'axis'?",
    );
  });

  it('hold after each update', async () => {
    const layer = dense({ units: 1, kernelInitializer: 'ones', kernelConstraint: 'nonNeg', useBias: false });
    const optimizer = sgd({ learningRate: 1 });
    const loss = sum(layer.apply([[3, 0.25]]));
    optimizer.build(layer.weights);
    optimizer.apply(
      gradients(
        loss,
        layer.weights.map((weight) => weight.read()),
      ),
      layer.weights,
    );
    expect(await layer.weights[0]?.read().array()).toEqual([[0], [0.75]]);
  });
});

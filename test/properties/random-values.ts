import fc from 'fast-check';
import type { Node } from '../../src/graph/node.ts';
import type { DType } from '../../src/util/dtypes.ts';
import { inputNodes, inputValues, type SampleInput } from '../matrix/sample.ts';

/** Extents with all special cases, and now and then one that fills many vectors or is cut for several threads. */
const extent = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 16, 17, 33) },
);

/** Shapes of up to four axes; one in six is large. */
export const shape: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 5, arbitrary: fc.array(extent, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom<number[]>([70, 90], [5000], [3, 40, 50], [40, 3, 50], [1, 4099]) },
);

export const dtype = fc.constantFrom<DType>('float32', 'float64', 'int32', 'uint8', 'bool');

export const floatDType = fc.constantFrom<DType>('float32', 'float64');

/** Inputs of a graph and their elements. */
export interface RandomInputs {
  readonly nodes: Node[];
  readonly values: number[][];
}

/** Nodes of the given shapes and dtypes with elements spread over [low, high) in an order that depends on the seed. */
export function randomInputs(
  specs: readonly { readonly shape: readonly number[]; readonly dtype: DType }[],
  seed: number,
  [low, high]: readonly [number, number],
): RandomInputs {
  const inputs = specs.map((spec): SampleInput => ({ ...spec, low, high }));
  const sample = { label: '', dtypes: [], inputs, apply: () => inputNodes(sample, 'float32')[0] as Node };
  return {
    nodes: inputNodes(sample, 'float32'),
    values: inputs.map((spec, i) => inputValues(spec, seed + i, 'float32')),
  };
}

import type { Backend } from '../../src/backends/backend.ts';
import type { Node } from '../../src/graph/node.ts';
import { hostArray } from '../../src/tensor/tensor.ts';
import { at } from '../../src/util/errors.ts';

/** The elements of `outputs` for given elements of `inputs`. */
export function runNodes(
  backend: Backend,
  inputs: readonly Node[],
  outputs: readonly Node[],
  values: readonly (readonly number[])[],
): number[][] {
  const storages = inputs.map(({ dtype }, i) => backend.upload(dtype, hostArray(dtype, at(values, i))));
  const results = backend.compile({ inputs, outputs }).run(storages);
  return results.map((storage) => Array.from(backend.readSync(storage)));
}

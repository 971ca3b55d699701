import { expect } from 'vitest';
import { referenceBackend } from '../../src/backends/reference/reference.ts';
import { createWasmBackend } from '../../src/backends/wasm/backend.ts';
import type { Node } from '../../src/graph/node.ts';
import { type DType, isFloat } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import { runNodes } from '../matrix/run-nodes.ts';

const THREADS = [1, 2, 3];
const BACKENDS = THREADS.map((threads) => createWasmBackend({ threads }));

/** Of many roundings in a row, relative to the larger of 1 and the size. */
const TOLERANCES: Partial<Record<DType, number>> = { float32: 3e-5, float64: 1e-11 };

function firstWrong(actual: readonly number[], expected: readonly number[], dtype: DType): number {
  const tolerance = isFloat(dtype) ? (TOLERANCES[dtype] ?? 0) : 0;
  return expected.findIndex((want, i) => {
    const got = at(actual, i);
    if (Object.is(got, want) || got === want) return false;
    return !(Math.abs(got - want) <= tolerance * Math.max(1, Math.abs(want)));
  });
}

/**
 * Runs one program with one, two and three threads: each must give what the reference gives, and all the same bits.
 */
export function expectAgreement(
  inputs: readonly Node[],
  outputs: readonly Node[],
  values: readonly (readonly number[])[],
): void {
  const expected = runNodes(referenceBackend, inputs, outputs, values);
  const found = BACKENDS.map((backend) => runNodes(backend, inputs, outputs, values));
  outputs.forEach(({ dtype }, i) => {
    const [wanted, single] = [at(expected, i), at(at(found, 0), i)];
    expect(single.length).toBe(wanted.length);
    const wrong = firstWrong(single, wanted, dtype);
    expect(wrong, `output ${i}, element ${wrong}: ${single[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
    for (const others of found.slice(1)) expect(at(others, i)).toEqual(single);
  });
}

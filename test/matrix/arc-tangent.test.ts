import { describe, expect, it } from 'vitest';
import { createWasmBackend } from '../../src/backends/wasm/backend.ts';
import { atan2 } from '../../src/primitives/elementwise/arc-tangent.ts';
import { input } from '../../src/primitives/leaf.ts';
import { hostArray } from '../../src/tensor/tensor.ts';
import { at } from '../../src/util/errors.ts';
import { ULPS } from '../support/tolerances.ts';
import { worstError } from '../support/ulps.ts';

const COUNT = 100_000;

/** Points in all directions whose coordinates differ by up to ten decades. */
const POINTS = Array.from({ length: COUNT }, (_, i) => {
  const angle = (i + 0.5) * 2.399963229728653;
  const stretch = 10 ** (((i * 0.7548776662466927) % 1) * 10 - 5);
  return [Math.sin(angle) * stretch, Math.cos(angle) / stretch] as const;
});

describe.each(['float32', 'float64'] as const)('atan2 of %s', (dtype) => {
  it('is right to the last places', () => {
    const backend = createWasmBackend({ threads: 1 });
    const [y, x] = [0, 1].map((side) =>
      hostArray(
        dtype,
        POINTS.map((point) => at(point, side)),
      ),
    );
    const nodes = [input({ shape: [COUNT], dtype }), input({ shape: [COUNT], dtype })] as const;
    const program = backend.compile({ inputs: nodes, outputs: [atan2(...nodes)] });
    const [result] = program.run([y, x].map((side) => backend.upload(dtype, side ?? new Float32Array())));
    const actual = result ? backend.readSync(result) : [];
    const exact = Array.from(y ?? [], (value, i) => Math.atan2(value, at(x ?? [], i)));
    const { ulps, place } = worstError(actual, exact, dtype);
    expect(ulps, `worst at point ${place}`).toBeLessThanOrEqual(ULPS);
  });
});

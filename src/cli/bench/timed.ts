import { fromHost, Tensor } from '../../tensor/tensor.ts';
import type { Round } from './suite.ts';

/** Times a step that gives one or more tensors. The last ones are read within the time: all work is done then. */
export function timedSteps(step: () => Tensor | readonly Tensor[]): Round {
  return async (iterations) => {
    const started = performance.now();
    let results = asList(step());
    for (let i = 1; i < iterations; i++) {
      for (const result of results) result.dispose();
      results = asList(step());
    }
    await results[0]?.data();
    const seconds = (performance.now() - started) / 1000;
    for (const result of results) result.dispose();
    return seconds;
  };
}

function asList(results: Tensor | readonly Tensor[]): readonly Tensor[] {
  return results instanceof Tensor ? [results] : results;
}

/** Values in [-1, 1) that look random and are the same every time. */
function filler(length: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => (((i + 1) * 2_654_435_761) % 65_536) / 32_768 - 1);
}

/** A tensor of such values. */
export function filled(shape: readonly number[]): Tensor {
  return fromHost(filler(shape.reduce((size, extent) => size * extent, 1)), shape, 'float32');
}

/** Class numbers 0 to classes - 1, in turns. */
export function labels(count: number, classes: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: count }, (_, i) => i % classes);
}

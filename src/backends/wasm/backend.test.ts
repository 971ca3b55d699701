import { describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { conv, convInputGradient, convKernelGradient } from '../../primitives/contraction/conv.ts';
import { matmul } from '../../primitives/contraction/matmul.ts';
import { poolScatter, poolSelect } from '../../primitives/contraction/pool-select.ts';
import { poolSpread, poolSum } from '../../primitives/contraction/pool-sum.ts';
import {
  add,
  cast,
  div,
  full,
  mul,
  neg,
  select,
  sqrt,
  sub,
} from '../../primitives/elementwise/arithmetic.ts';
import {
  abs,
  and,
  eq,
  le,
  lt,
  maximum,
  minimum,
  not,
  or,
  sign,
  xor,
} from '../../primitives/elementwise/compare.ts';
import { exp, log, sigmoid, tanh } from '../../primitives/elementwise/exponential.ts';
import { pow } from '../../primitives/elementwise/power.ts';
import { ceil, floor, round } from '../../primitives/elementwise/rounding.ts';
import { input } from '../../primitives/leaf.ts';
import { iota, randomBits } from '../../primitives/random.ts';
import { prod, reduceMax, reduceMin, sum } from '../../primitives/reduction/reduce.ts';
import { concat } from '../../primitives/structure/concat.ts';
import { pad } from '../../primitives/structure/pad.ts';
import { scatterAdd, take } from '../../primitives/structure/take.ts';
import { broadcastTo, flip, reshape, slice, transpose } from '../../primitives/structure/views.ts';
import { hostArray } from '../../tensor/tensor.ts';
import { type DType, isFloat } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { type Shape, sizeOf } from '../../util/shapes.ts';
import type { Backend } from '../backend.ts';
import { evaluate } from '../reference/reference.ts';
import { createWasmBackend } from './backend.ts';

const BACKENDS: Record<string, Backend> = {
  'one thread': createWasmBackend({ threads: 1 }),
  'two threads': createWasmBackend({ threads: 2 }),
  'plain SIMD': createWasmBackend({ threads: 1, relaxedSimd: false }),
};

/** Deterministic values in [-2, 2) without ties. */
function values(size: number, seed: number): number[] {
  return Array.from({ length: size }, (_, i) => ((((i + 1) * 7919 + seed * 104729) % 4001) / 4001) * 4 - 2);
}

function agree(build: (x: (shape: Shape, dtype?: DType) => Node) => readonly Node[], tolerance = 2e-5): void {
  const inputs: Node[] = [];
  const outputs = build((shape, dtype = 'float32') => {
    const node = input({ shape, dtype });
    inputs.push(node);
    return node;
  });
  const graph: Graph = { inputs, outputs };
  const data = inputs.map(({ dtype, shape }, i) => {
    const raw = values(sizeOf(shape), i).map((x) =>
      isFloat(dtype) ? x : dtype === 'bool' ? Number(x > 0) : Math.floor(Math.abs(x) * 50),
    );
    return hostArray(dtype, raw);
  });
  const expected = evaluate(
    graph,
    data.map((array) => Float64Array.from(array)),
  );
  for (const [name, backend] of Object.entries(BACKENDS)) {
    const storages = inputs.map(({ dtype }, i) => backend.upload(dtype, at(data, i)));
    const results = backend
      .compile(graph)
      .run(storages)
      .map((storage) => backend.readSync(storage).slice());
    results.forEach((result, output) => {
      const { dtype } = at(outputs, output);
      result.forEach((x, i) => {
        const want = at(at(expected, output), i);
        const scale = dtype === 'float64' ? 1e-12 : isFloat(dtype) ? tolerance : 0;
        const isClose =
          Object.is(x, want) ||
          x === want ||
          (Number.isNaN(x) && Number.isNaN(want)) ||
          Math.abs(x - want) <= scale * Math.max(1, Math.abs(want));
        if (!isClose)
          expect.fail(
            `${name}: output ${output} (${at(outputs, output).primitive.name} ${dtype}) element ${i}: ${x} instead of ${want}`,
          );
      });
    });
  }
}

describe('the wasm backend agrees with the reference', () => {
  const shapes: Shape[] = [[], [1], [3], [7], [64], [5, 3], [4, 8], [2, 3, 5], [0], [3, 0], [130, 70]];
  const unary = {
    neg,
    sqrt: (x: Node) => sqrt(abs(x)),
    exp,
    log: (x: Node) => log(abs(x)),
    sigmoid,
    tanh,
    floor,
    ceil,
    round,
    abs,
    sign,
  };
  for (const [name, f] of Object.entries(unary)) {
    it(`on ${name}`, () => {
      for (const dtype of ['float32', 'float64'] as const)
        agree((x) => shapes.map((shape) => f(x(shape, dtype))));
    });
  }
  const binary = { add, sub, mul, div, maximum, minimum, eq, lt, le };
  for (const [name, f] of Object.entries(binary)) {
    it(`on ${name}`, () => {
      for (const dtype of ['float32', 'float64', 'int32', 'uint8'] as const) {
        if (name !== 'div' || isFloat(dtype))
          agree((x) => shapes.map((shape) => f(x(shape, dtype), x(shape, dtype))));
      }
    });
  }
  it('on pow', () => agree((x) => [pow(abs(x([33])), x([33])), pow(x([9]), round(x([9])))], 1e-4));
  it('on bits and truth', () => {
    agree((x) => [
      and(x([9], 'int32'), x([9], 'int32')),
      or(x([9], 'uint8'), x([9], 'uint8')),
      xor(x([9], 'int32'), x([9], 'int32')),
      not(x([9], 'int32')),
    ]);
    agree((x) => [
      and(x([9], 'bool'), x([9], 'bool')),
      or(x([9], 'bool'), x([9], 'bool')),
      not(x([9], 'bool')),
      select(x([9], 'bool'), x([9]), x([9])),
    ]);
  });
  it('on selections of constants', () => {
    agree((x) => {
      const [a, mask] = [x([9]), x([9], 'bool')];
      const constants = [0, -0, NaN, 1].map((value) => full(a, value));
      return constants.flatMap((c) => [select(mask, a, c), select(mask, c, a)]);
    });
  });
  it('on casts', () => {
    const dtypes: DType[] = ['bool', 'uint8', 'int32', 'float32', 'float64'];
    for (const from of dtypes)
      for (const to of dtypes)
        if (from !== to) agree((x) => [cast(x([11], from), to), cast(x([3, 5], from), to)]);
  });
  it('on views', () => {
    agree((x) => {
      const [a, b] = [x([4, 6]), x([2, 3, 5])];
      return [
        transpose(a, [1, 0]),
        tanh(transpose(b, [2, 0, 1])),
        reshape(transpose(a, [1, 0]), [24]),
        reshape(tanh(transpose(a, [1, 0])), [3, 8]),
        flip(b, [1, 2]),
        add(flip(b, [0]), b),
        slice(b, { start: [0, 1, 1], step: [1, 1, 2], shape: [2, 2, 2] }),
        mul(broadcastTo(x([5]), [2, 3, 5]), b),
        reshape(broadcastTo(x([1, 3]), [4, 3]), [12]),
        a,
        a,
      ];
    });
  });
  it('on reductions', () => {
    agree((x) => {
      const a = x([6, 5, 7]);
      return [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].flatMap((axes) => [
        sum(a, axes),
        reduceMax(mul(a, a), axes),
        reduceMin(transpose(a, [2, 1, 0]), axes),
        prod(a, axes),
      ]);
    }, 1e-4);
    agree(
      (x) => [
        sum(x([1000, 33]), [0]),
        sum(x([1000, 33]), [1]),
        sum(x([1000, 33]), [0, 1]),
        reduceMax(x([1000, 6]), [0]),
      ],
      1e-3,
    );
    agree((x) => [
      sum(x([40, 3], 'int32'), [0]),
      reduceMax(x([40, 3], 'int32'), [1]),
      sum(x([9], 'float64'), [0]),
      sum(x([0, 3]), [0]),
      reduceMax(x([0, 3]), [0]),
    ]);
  });
  it('on contractions', () => {
    for (const dtype of ['float32', 'float64', 'int32'] as const) {
      agree(
        (x) => [
          matmul(x([5, 7], dtype), x([7, 9], dtype), false, false),
          matmul(x([7, 5], dtype), x([7, 9], dtype), true, false),
          matmul(x([5, 7], dtype), x([9, 7], dtype), false, true),
          matmul(x([7, 5], dtype), x([9, 7], dtype), true, true),
          matmul(x([3, 4, 2], dtype), x([3, 2, 6], dtype), false, false),
        ],
        1e-4,
      );
    }
    agree(
      (x) => [
        matmul(transpose(x([64, 40]), [1, 0]), x([64, 33]), false, false),
        matmul(add(x([40, 64]), x([40, 64])), transpose(x([33, 64]), [1, 0]), false, false),
      ],
      1e-4,
    );
  });
  it('on convolutions', () => {
    const attrs = {
      strides: [1, 1],
      padding: [
        [2, 2],
        [2, 2],
      ],
      dilation: [1, 1],
      groups: 1,
    } as const;
    const odd = {
      strides: [2, 1],
      padding: [
        [0, 1],
        [1, 0],
      ],
      dilation: [1, 2],
      groups: 2,
    } as const;
    for (const dtype of ['float32', 'float64'] as const) {
      agree((x) => {
        const [a, w] = [x([3, 9, 8, 2], dtype), x([5, 5, 2, 6], dtype)];
        const y = conv(a, w, attrs);
        return [
          y,
          convInputGradient(tanh(y), w, { ...attrs, inputShape: a.shape }),
          convKernelGradient(a, tanh(y), { ...attrs, kernelShape: w.shape }),
        ];
      }, 1e-3);
      agree((x) => {
        const [a, w] = [x([20, 7, 9, 4], dtype), x([3, 3, 2, 6], dtype)];
        const y = conv(a, w, odd);
        return [
          y,
          convInputGradient(tanh(y), w, { ...odd, inputShape: a.shape }),
          convKernelGradient(a, tanh(y), { ...odd, kernelShape: w.shape }),
        ];
      }, 1e-3);
    }
  });
  it('on pooling', () => {
    const attrs = {
      window: [2, 2],
      strides: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    } as const;
    const overlapping = {
      window: [3, 2],
      strides: [2, 1],
      padding: [
        [1, 0],
        [0, 1],
      ],
    } as const;
    for (const a of [attrs, overlapping]) {
      agree((x) => {
        const image = x([3, 8, 6, 5]);
        const y = poolSelect(image, image, a);
        const z = poolSum(image, a);
        return [
          y,
          poolSelect(image, tanh(image), a),
          poolScatter(image, tanh(y), a),
          z,
          poolSpread(tanh(z), { ...a, inputShape: image.shape }),
        ];
      });
    }
  });
  it('on structure and indices', () => {
    agree((x) => {
      const a = x([4, 6, 3]);
      return [
        pad(a, { low: [0, 1, 2], high: [0, 2, 0], interior: [0, 1, 0] }),
        pad(a, { low: [1, -1, 0], high: [0, 0, -2], interior: [2, 0, 0] }),
        concat([a, x([4, 2, 3])], 1),
        concat([a, x([1, 6, 3])], 0),
        take(x([60, 5]), x([2, 7], 'int32')),
        scatterAdd(x([8], 'int32'), x([8, 3]), 40),
        iota(9),
      ];
    });
  });
  it('on random bits', () => {
    agree((x) => {
      const key = x([2], 'int32');
      const part = (i: number) =>
        broadcastTo(reshape(slice(key, { start: [i], step: [1], shape: [1] }), []), [6, 11]);
      return [randomBits(part(0), part(1), 'both'), transpose(randomBits(part(0), part(1), 'first'), [1, 0])];
    });
  });
  it('on values that are no numbers', () => {
    const backend = createWasmBackend({ threads: 1 });
    const x = input({ shape: [8], dtype: 'float32' });
    const graph = {
      inputs: [x],
      outputs: [exp(x), log(x), tanh(x), sigmoid(x), maximum(x, full(x, 0)), sum(x, [0])],
    };
    const special = [Number.NaN, Infinity, -Infinity, 0, -0, 1e-40, 3.4e38, -3.4e38];
    const results = backend.compile(graph).run([backend.upload('float32', Float32Array.from(special))]);
    const read = (i: number) => [...backend.readSync(at(results, i))];
    expect(read(0)).toEqual([Number.NaN, Infinity, 0, 1, 1, 1, Infinity, 0]);
    expect(read(1).slice(0, 5)).toEqual([Number.NaN, Infinity, Number.NaN, -Infinity, -Infinity]);
    expect(read(2)[0]).toBeNaN();
    expect(read(2)[1]).toBeCloseTo(1, 6);
    expect(read(2)[2]).toBeCloseTo(-1, 6);
    expect(read(3).slice(0, 4)).toEqual([Number.NaN, 1, 0, 0.5]);
    expect(read(4).slice(0, 3)).toEqual([Number.NaN, Infinity, 0]);
    expect(read(5)).toEqual([Number.NaN]);
  });
});

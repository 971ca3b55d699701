import { describe, expect, it } from 'vitest';
import { reverseGradient } from '../autodiff/gradient.ts';
import type { Node } from '../graph/node.ts';
import { conv } from '../primitives/contraction/conv.ts';
import { matmul } from '../primitives/contraction/matmul.ts';
import { poolSelect } from '../primitives/contraction/pool-select.ts';
import { add, full, mul, sub } from '../primitives/elementwise/arithmetic.ts';
import { exp, tanh } from '../primitives/elementwise/exponential.ts';
import { input } from '../primitives/leaf.ts';
import { sum } from '../primitives/reduction/reduce.ts';
import { broadcastTo, flip, reshape, transpose } from '../primitives/structure/views.ts';
import { at } from '../util/errors.ts';
import { plan } from './compile.ts';
import { reorder } from './passes/reorder.ts';
import { simplify } from './passes/simplify.ts';

const x = (...shape: number[]) => input({ shape, dtype: 'float32' });
const kernelNames = (graph: { inputs: Node[]; outputs: Node[] }, donated: (number | null)[] = []) =>
  plan(graph, donated, () => undefined).phases.map(({ regions }) =>
    regions.map(({ kernels }) => kernels.map(({ name }) => name).join(' ')).join(' | '),
  );

describe('plan', () => {
  it('fuses a chain of elementwise work into one kernel', () => {
    const [a, b] = [x(4, 5), x(5)];
    const y = exp(mul(add(a, broadcastTo(b, [4, 5])), a));
    expect(kernelNames({ inputs: [a, b], outputs: [y] })).toEqual(['exp']);
  });

  it('computes what two outputs share once, in one kernel with both', () => {
    const a = x(8);
    const m = mul(a, a);
    expect(kernelNames({ inputs: [a], outputs: [m, exp(m), tanh(m)] })).toEqual(['mul+exp+tanh']);
  });

  it('computes what is costly once, not for every element that reads it', () => {
    const [rows, scale] = [x(64, 8), x(1, 8)];
    const costly = broadcastTo(exp(scale), [64, 8]);
    expect(kernelNames({ inputs: [rows, scale], outputs: [mul(rows, costly)] })).toEqual(['exp', 'mul']);
    const cheap = broadcastTo(mul(scale, scale), [64, 8]);
    expect(kernelNames({ inputs: [rows, scale], outputs: [mul(rows, cheap)] })).toEqual(['mul']);
  });

  it('reads through a view that the same kernel stores', () => {
    const a = x(1, 3);
    const wide = broadcastTo(a, [4, 3]);
    expect(kernelNames({ inputs: [a], outputs: [wide, exp(wide)] })).toEqual(['broadcastTo+exp']);
  });

  it('stores an operand again whose way to memory another operand has cut off', () => {
    const [a, b] = [x(3, 3), x(3, 3)];
    const turned = flip(mul(a, a), [0]);
    const first = matmul(flip(turned, [0]), b, false, false);
    const graph = { inputs: [a, b], outputs: [matmul(turned, first, false, false)] };
    expect(
      kernelNames(graph)
        .join(' ')
        .match(/matmul/g),
    ).toHaveLength(2);
  });

  it('keeps work on the same rows in one phase, and waits before whole buffers are needed', () => {
    const [images, weights] = [x(6, 4), x(4, 3)];
    const y = tanh(matmul(images, weights, false, false));
    const total = sum(y, [0, 1]);
    expect(kernelNames({ inputs: [images, weights], outputs: [total] })).toHaveLength(2);
  });

  it('overwrites a donated input where each element is read only for its own place', () => {
    const [w, g] = [x(10), x(10)];
    const update = sub(w, mul(g, full(g, 0.1)));
    const inPlace = (graph: { inputs: Node[]; outputs: Node[] }) =>
      plan(graph, [0, null], () => undefined).places.inPlace;
    expect(inPlace({ inputs: [w, g], outputs: [update] })).toEqual([0]);
    const mixed = x(3, 3);
    expect(inPlace({ inputs: [mixed, g], outputs: [add(mixed, transpose(mixed, [1, 0]))] })).toEqual([
      undefined,
    ]);
    const late = matmul(reshape(sub(mixed, full(mixed, 1)), [3, 3]), mixed, false, false);
    expect(inPlace({ inputs: [mixed, g], outputs: [late] })).toEqual([undefined]);
  });

  it('divides the rows in the same way for any number of threads, since none is told to it', () => {
    const [a, b] = [x(1000, 200), x(200, 50)];
    const { phases } = plan(
      { inputs: [a, b], outputs: [sum(matmul(a, b, false, false), [0])] },
      [],
      () => undefined,
    );
    const region = at(at(phases, 0).regions, 0);
    expect(region.chunks * region.rowsPerChunk).toBeGreaterThanOrEqual(region.extent);
  });
});

describe('simplify', () => {
  it('drops identities, folds constants and merges views', () => {
    const a = x(2, 3);
    const [y] = simplify({
      inputs: [a],
      outputs: [reshape(reshape(mul(a, full(a, 1)), [6]), [3, 2])],
    }).outputs;
    expect(y?.primitive.name).toBe('reshape');
    expect(y?.inputs[0]).toBe(a);
    const [folded] = simplify({ inputs: [a], outputs: [mul(add(full(a, 2), full(a, 3)), a)] }).outputs;
    expect(folded?.inputs[0]?.inputs[0]?.attrs.value).toBe(5);
  });

  it('shares equal nodes and reads transposed operands of a product where they lie', () => {
    const [a, b] = [x(3, 4), x(3, 5)];
    const product = () => matmul(transpose(a, [1, 0]), b, false, false);
    const [y] = simplify({ inputs: [a, b], outputs: [add(product(), product())] }).outputs;
    expect(y?.inputs[0]).toBe(y?.inputs[1]);
    expect(y?.inputs[0]?.attrs).toEqual({ transposeA: true, transposeB: false });
  });
});

describe('reorder', () => {
  const attrs = {
    window: [2, 2],
    strides: [2, 2],
    padding: [
      [0, 0],
      [0, 0],
    ],
  } as const;
  const one = {
    strides: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
    dilation: [1, 1],
    groups: 1,
  } as const;

  it('pools before bias and tanh, forwards and in the gradient', () => {
    const [image, kernel, bias] = [x(2, 6, 6, 1), x(3, 3, 1, 2), x(2)];
    const y = conv(image, kernel, one);
    const active = tanh(add(y, broadcastTo(bias, y.shape)));
    const pooled = poolSelect(active, active, attrs);
    const inputs = [image, kernel, bias];
    const [first] = reorder({ inputs, outputs: [pooled] }).outputs;
    expect(first?.primitive.name).toBe('tanh');
    expect(first?.shape).toEqual([2, 2, 2, 2]);
    const [gradient] = reverseGradient([at([first], 0) as Node], [full(first as Node, 1)], [bias]);
    expect(gradient?.inputs[0]?.shape ?? gradient?.shape).toEqual([2, 2, 2, 2]);
  });

  it('leaves one convolution a layer where value and gradient are both wanted', () => {
    const [image, kernel, second] = [x(2, 8, 8, 1), x(3, 3, 1, 2), x(3, 3, 2, 2)];
    const layer = (h: Node, w: Node) => {
      const active = tanh(conv(h, w, one));
      return poolSelect(active, active, { ...attrs, strides: [1, 1] });
    };
    const value = sum(layer(layer(image, kernel), second), [0, 1, 2, 3]);
    const leaves = [kernel, second];
    const [first] = reorder({ inputs: leaves, outputs: [value] }).outputs;
    const gradients = reverseGradient([first as Node], [full(first as Node, 1)], leaves);
    const names = kernelNames({ inputs: [image, kernel, second], outputs: [value, ...gradients] }).join(' ');
    expect(names.match(/conv(?!\w)/g)).toHaveLength(2);
  });

  it('leaves a bias that differs between places alone', () => {
    const [image, bias] = [x(1, 4, 4, 2), x(4, 4, 2)];
    const active = add(image, broadcastTo(bias, image.shape));
    const pooled = poolSelect(active, active, attrs);
    expect(reorder({ inputs: [image, bias], outputs: [pooled] }).outputs[0]?.primitive.name).toBe(
      'poolSelect',
    );
  });
});

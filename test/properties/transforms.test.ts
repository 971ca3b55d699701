import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  at,
  checkpoint,
  concat,
  cumsum,
  flip,
  grad,
  jit,
  jvp,
  matmul,
  maximum,
  mul,
  reshape,
  scan,
  sigmoid,
  sin,
  slice,
  stack,
  sub,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  transpose,
  vjp,
  vmap,
} from '../../src/index.ts';
import { expectEqual, waves } from '../support/numbers.ts';

/** Length of all vectors of a program. */
const N = 4;
const MATRIX = waves([N, N], 3);
const ROWS = tensor(Int32Array.of(2, 0, 0, 3), [N]);

/** Steps of random programs: two vectors to one, bounded so that chains of them stay in range. */
const STEPS = {
  add: (a: Tensor, b: Tensor) => mul(add(a, b), 0.5),
  sub: (a: Tensor, b: Tensor) => mul(sub(a, b), 0.5),
  mul: (a: Tensor, b: Tensor) => mul(a, tanh(b)),
  sin: (a: Tensor) => sin(a),
  sigmoid: (a: Tensor) => sigmoid(a),
  maximum: (a: Tensor, b: Tensor) => maximum(a, mul(b, 0.9)),
  total: (a: Tensor, b: Tensor) => mul(tanh(sum(a)), b),
  flip: (a: Tensor) => flip(a, 0),
  shift: (a: Tensor, b: Tensor) => concat([slice(a, [1], [N - 1]), slice(b, [0], [1])]),
  running: (a: Tensor) => mul(cumsum(a, 0), 1 / N),
  matmul: (a: Tensor) => mul(matmul(MATRIX, a), 1 / N),
  outer: (a: Tensor, b: Tensor) => mul(sum(mul(reshape(a, [N, 1]), reshape(b, [1, N])), 0), 1 / N),
  corner: (a: Tensor, b: Tensor) =>
    reshape(matmul(transpose(reshape(a, [2, 2])), reshape(tanh(b), [2, 2])), [N]),
  take: (a: Tensor) => take(a, ROWS),
  loop: (a: Tensor, b: Tensor) =>
    scan((c: Tensor, x: Tensor) => [tanh(add(c, x)), mul(c, x)], at(b, 0), a)[1],
} as const;

interface Instruction {
  readonly step: keyof typeof STEPS;
  readonly left: number;
  readonly right: number;
  readonly isCheckpoint: boolean;
}

const instruction: fc.Arbitrary<Instruction> = fc.record({
  step: fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])),
  left: fc.nat(9),
  right: fc.nat(9),
  isCheckpoint: fc.boolean(),
});
const program = fc.array(instruction, { minLength: 1, maxLength: 7 });

/** The program as a function of one vector; each step may use any result before it. */
function compileProgram(steps: readonly Instruction[], useCheckpoints = false): (x: Tensor) => Tensor {
  return (x) => {
    const values = [x];
    for (const { step, left, right, isCheckpoint } of steps) {
      const f: (a: Tensor, b: Tensor) => Tensor = STEPS[step];
      const run = useCheckpoints && isCheckpoint ? checkpoint(f) : f;
      values.push(run(pick(values, left), pick(values, right)));
    }
    return pick(values, values.length - 1);
  };
}

function pick(values: readonly Tensor[], place: number): Tensor {
  return values[place % values.length] as Tensor;
}

const weigh = (f: (x: Tensor) => Tensor) => (x: Tensor) => sum(mul(f(x), waves([N], 9)));

function forPrograms(check: (steps: Instruction[], seed: number) => void): void {
  fc.assert(fc.property(program, fc.nat(50), check), { seed: 1, numRuns: 40 });
}

describe('random programs', () => {
  it('are the same for a batch as one by one, with their gradients', () => {
    forPrograms((steps, seed) => {
      const f = compileProgram(steps);
      const batch = waves([3, N], seed);
      const oneByOne = (g: (x: Tensor) => Tensor) => stack([0, 1, 2].map((i) => g(at(batch, i))));
      expectEqual(vmap(f)(batch), oneByOne(f));
      expectEqual(vmap(grad(weigh(f)))(batch), oneByOne(grad(weigh(f))));
      expectEqual(grad((x: Tensor) => sum(vmap(weigh(f))(x)))(batch), oneByOne(grad(weigh(f))));
    });
  });

  it('have a derivative that is the transpose of their pullback', () => {
    forPrograms((steps, seed) => {
      const f = compileProgram(steps);
      const [x, u, v] = [waves([N], seed), waves([N], seed + 1), waves([N], seed + 2)];
      expectEqual(sum(mul(v, jvp(f, [x], [u])[1])), sum(mul(vjp(f)(x)[1](v), u)));
    });
  });

  it('have second derivatives that agree forwards and backwards', () => {
    forPrograms((steps, seed) => {
      const f = weigh(compileProgram(steps));
      const [x, u] = [waves([N], seed), waves([N], seed + 1)];
      const forwards = jvp(grad(f), [x], [u])[1];
      expectEqual(forwards, grad((y: Tensor) => sum(mul(grad(f)(y), u)))(x));
    });
  });

  it('do not change when compiled, or when parts are checkpoints', () => {
    forPrograms((steps, seed) => {
      const [f, g] = [compileProgram(steps), compileProgram(steps, true)];
      const x = waves([N], seed);
      const slope = grad(weigh(f))(x);
      expectEqual(g(x), f(x));
      expectEqual(jit(grad(weigh(f)))(x), slope);
      expectEqual(grad(weigh(g))(x), slope);
      expectEqual(jit(vmap(grad(weigh(g))))(reshape(x, [1, N])), reshape(slope, [1, N]));
    });
  });

  it('are of some variety', () => {
    const used = new Set(
      fc.sample(program, { seed: 1, numRuns: 40 }).flatMap((steps) => steps.map(({ step }) => step)),
    );
    expect(used.size).toBe(Object.keys(STEPS).length);
  });
});

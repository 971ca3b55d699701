import {
  add,
  argmax,
  depthwiseConv2d,
  div,
  extractPatches,
  greater,
  greaterEqual,
  logicalAnd,
  matmul,
  max,
  maxPool2d,
  mean,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  sqrt,
  square,
  stack,
  sub,
  tensor,
  tile,
  transpose,
  where,
  zeros,
} from '../../ops/index.ts';
import { foldIn, key, uniform } from '../../random/index.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import { thresholdOf } from './cells.ts';
import { gaussianKernel, gaussianWindow } from './windows.ts';

/** Planes of every layer. */
export const PLANES = 24;
const WINDOW = 5;
/** α of the C-cells. */
const HALF_AT = 0.5;
/** How c, the V-cells' connections, fall off from the middle, in cells. */
const FALLOFF = 1.5;

/** One stage of Fukushima 1980: 16 × 16 cells to 10 × 10, 8 × 8 to 6 × 6, and 2 × 2 to one. */
interface Stage {
  /** r of the S-cells. */
  readonly selectivity: number;
  /** The greatest of its variable connections before learning. */
  readonly firstConnection: number;
  /** q, how much a presentation adds. */
  readonly reinforcement: number;
  /** Zeros around the layer below, on both sides. */
  readonly padding: number;
  /** Cells of a side of the S-columns, within which one cell becomes a seed. */
  readonly column: number;
  readonly pool: {
    readonly size: number;
    /** Sum of the C-cells' connections d. */
    readonly strength: number;
    /** How they fall off from the middle, in cells. */
    readonly deviation: number;
    readonly stride: number;
    readonly padding: readonly [number, number];
  };
}

const STAGES: readonly Stage[] = [
  {
    selectivity: 4,
    firstConnection: 0.02,
    reinforcement: 1,
    padding: 2,
    column: 7,
    pool: { size: 5, strength: 16, deviation: 4, stride: 2, padding: [3, 4] },
  },
  {
    selectivity: 1.5,
    firstConnection: 0.05,
    reinforcement: 32,
    padding: 1,
    column: 7,
    pool: { size: 7, strength: 30, deviation: 2, stride: 1, padding: [2, 2] },
  },
  {
    selectivity: 1,
    firstConnection: 0.01,
    reinforcement: 16,
    padding: 0,
    column: 2,
    pool: { size: 2, strength: 16, deviation: 4, stride: 1, padding: [0, 0] },
  },
];

/** Several networks of 1980 side by side, which differ in where they begin and in what they are shown. */
export class SelfOrganisedNetworks {
  readonly #layers: readonly { readonly stage: Stage; readonly a: Variable; readonly b: Variable }[];

  /** @param seeds one for each network: their connections before learning */
  constructor(seeds: readonly number[]) {
    this.#layers = STAGES.map((stage, depth) => {
      const inputs = WINDOW * WINDOW * (depth === 0 ? 1 : PLANES);
      const first = seeds.map((seed) =>
        uniform(foldIn(key(seed), depth), [inputs, PLANES], { maxval: stage.firstConnection }),
      );
      return {
        stage,
        a: new Variable(stack(first)),
        b: new Variable(zeros([seeds.length, PLANES])),
      };
    });
  }

  /** Shows each network a picture [networks, 16, 16, 1], from which it learns. */
  readonly present = jit((pictures: Tensor): Tensor => {
    let below = pictures;
    for (const { stage, a, b } of this.#layers) {
      const seen = look(below, stage);
      const [before, inhibition] = [a.read(), b.read()];
      const s = sResponses(seen, before, inhibition, stage.selectivity);
      const marks = seedMarks(s, stage.column, seen.side);
      const traces = mul(matmul(transpose(seen.patches, [0, 2, 1]), marks), seen.falloff);
      a.assign(add(before, mul(traces, stage.reinforcement)));
      const v = reshape(matmul(transpose(seen.v, [0, 2, 1]), marks), inhibition.shape);
      b.assign(add(inhibition, mul(v, stage.reinforcement / 2)));
      below = cResponses(s, stage, seen.side);
    }
    return below;
  });

  /** U_C3, one cell a plane: pictures [networks, 16, 16, 1] to [networks, planes]. */
  readonly recognise = jit((pictures: Tensor): Tensor => {
    let below = pictures;
    for (const { stage, a, b } of this.#layers) {
      const seen = look(below, stage);
      below = cResponses(sResponses(seen, a.read(), b.read(), stage.selectivity), stage, seen.side);
    }
    return reshape(below, [at(below.shape, 0), PLANES]);
  });
}

/** What the cells of an S-layer see. */
interface Seen {
  /** Cells of a side of the layer. */
  readonly side: number;
  /** [networks, cells, inputs]. */
  readonly patches: Tensor;
  /** c, [inputs, 1]. */
  readonly falloff: Tensor;
  /** Of the V-cells, [networks, cells, 1]. */
  readonly v: Tensor;
}

function look(below: Tensor, { padding }: Stage): Seen {
  const zerosAround = [
    [padding, padding],
    [padding, padding],
  ] as const;
  const all = extractPatches(below, { size: WINDOW, strides: 1, padding: zerosAround });
  const [networks, side, , inputs] = all.shape as readonly [number, number, number, number];
  const patches = reshape(all, [networks, side * side, inputs]);
  const planes = inputs / (WINDOW * WINDOW);
  const places = tensor(gaussianWindow(WINDOW, FALLOFF), [WINDOW * WINDOW, 1, 1]);
  const falloff = div(reshape(tile(places, [1, planes, 1]), [inputs, 1]), planes);
  return { side, patches, falloff, v: sqrt(matmul(square(patches), falloff)) };
}

/** S-cells, r φ[(1 + Σ a u) / (1 + 2r/(1+r) b v) - 1]: [networks, cells, planes]. */
function sResponses({ patches, v }: Seen, a: Tensor, b: Tensor, r: number): Tensor {
  const excitation = add(matmul(patches, a), 1);
  const inhibition = add(mul(matmul(v, reshape(b, [at(b.shape, 0), 1, PLANES])), 2 * thresholdOf(r)), 1);
  return mul(relu(sub(div(excitation, inhibition), 1)), r);
}

/** C-cells, ψ[(1 + Σ d u) / (1 + mean of that over the planes) - 1], ψ(x) = x / (α + x). */
function cResponses(s: Tensor, { pool }: Stage, side: number): Tensor {
  const planes = reshape(s, [at(s.shape, 0), side, side, PLANES]);
  const kernel = tile(gaussianKernel(pool.size, pool.deviation), [1, 1, PLANES, 1]);
  const padding = [pool.padding, pool.padding];
  const pooled = mul(depthwiseConv2d(planes, kernel, { strides: pool.stride, padding }), pool.strength);
  const lateral = add(mean(pooled, { axis: -1, keepDims: true }), 1);
  const left = relu(sub(div(add(pooled, 1), lateral), 1));
  return div(left, add(left, HALF_AT));
}

/**
 * The seed cells: of every S-column, which is what stands around one place in all planes, the strongest cell; of those in
 * one plane only the strongest. 1 at seeds, else 0, [networks, cells, planes].
 */
export function seedMarks(s: Tensor, column: number, side: number): Tensor {
  const networks = at(s.shape, 0);
  const window = { poolSize: column, strides: 1, padding: 'same' } as const;
  const highest = reshape(max(s, { axis: -1 }), [networks, side, side, 1]);
  const winners = maxPool2d(highest, window);
  // a cell won some column if it is at least as strong as the weakest winner of those around it
  const weakest = neg(maxPool2d(neg(winners), window));
  const won = greaterEqual(s, reshape(weakest, [networks, side * side, 1]));
  const candidates = where(logicalAnd(won, greater(s, 0)), s, 0);
  const responds = greater(max(candidates, { axis: 1, keepDims: true }), 0);
  const places = oneHot(argmax(candidates, 1), side * side);
  return where(responds, transpose(places, [0, 2, 1]), 0);
}

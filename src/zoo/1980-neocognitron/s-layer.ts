import {
  add,
  argmax,
  concat,
  div,
  matmul,
  max,
  mul,
  oneHot,
  pad,
  reshape,
  slice,
  sqrt,
  square,
  sum,
  take,
  tensor,
  transpose,
  zeros,
} from '../../ops/index.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { inhibited, type SConnections, type SWindow, vCells } from './cells.ts';
import { gaussianKernel } from './windows.ts';

/** A cell that is reinforced; all cells of its plane follow it. */
export interface Seed {
  readonly row: number;
  readonly column: number;
  readonly plane: number;
}

/** What one picture does to a layer, at every place, row-major. */
export interface Responses {
  /** Cells in a row. */
  readonly width: number;
  /** The strongest response of any plane. */
  readonly strongest: Float32Array;
  /** The plane it is of. */
  readonly planes: Int32Array;
  /** Of the V-cells: how much there is to see. */
  readonly v: Float32Array;
}

/** q, so great that the 1 in a cell's formula counts beside traces of ink only. */
const REINFORCEMENT = 1e4;
const FIRST_CAPACITY = 32;
/** Seeds of one call, so that all calls run one program. */
const SEEDS_A_CALL = 8;

/**
 * A layer of S-cells whose planes come one after the other. A plane's connections are a = q c x, summed over all that
 * its seed cells saw, and b = √(Σ a²/c), their length (Fukushima 2003).
 */
export class SLayer {
  readonly #window: SWindow;
  #connections: SConnections;
  #planes = 0;

  /** @param below planes of the layer below */
  constructor(window: SWindow, below: number) {
    this.#window = window;
    this.#connections = silentPlanes(window.size, below, FIRST_CAPACITY);
  }

  /** Planes that have learned something. */
  get planes(): number {
    return this.#planes;
  }

  /** Connections of the planes there are. */
  get connections(): SConnections {
    const { excitatory, inhibitory } = this.#connections;
    return {
      excitatory: slice(excitatory, [0, 0, 0, 0], [-1, -1, -1, this.#planes]),
      inhibitory: slice(inhibitory, 0, this.#planes),
    };
  }

  /** Looks at one picture [1, height, width, planes below]. */
  async look(below: Tensor, threshold: number): Promise<Responses> {
    const { strongest, planes, v } = this.#look(below, this.#connections, threshold);
    const seen = {
      width: at(v.shape, 2),
      strongest: (await strongest.data()) as Float32Array,
      planes: (await planes.data()) as Int32Array,
      v: (await v.data()) as Float32Array,
    };
    for (const result of [strongest, planes, v]) result.dispose();
    return seen;
  }

  /** Adds to the connections of the seeds' planes what the seeds see in the picture [1, height, width, planes below]. */
  reinforce(below: Tensor, seeds: readonly Seed[]): void {
    for (let start = 0; start < seeds.length; start += SEEDS_A_CALL) {
      const some = seeds.slice(start, start + SEEDS_A_CALL);
      const planes = new Int32Array(SEEDS_A_CALL).fill(-1);
      for (const [i, { plane }] of some.entries()) planes[i] = plane;
      const { excitatory, inhibitory } = this.#connections;
      const chosen = [tensor(this.#placesOf(some, below)), tensor(planes)] as const;
      this.#connections = this.#reinforce(below, ...chosen, excitatory);
      for (const used of [...chosen, inhibitory]) used.dispose();
    }
  }

  /** Makes a plane of what a cell sees. @returns its number */
  addPlane(below: Tensor, row: number, column: number): number {
    const capacity = at(this.#connections.inhibitory.shape, 0);
    if (this.#planes === capacity) this.#connections = this.#withRoom(capacity);
    const plane = this.#planes++;
    this.reinforce(below, [{ row, column, plane }]);
    return plane;
  }

  readonly #look = jit((below: Tensor, connections: SConnections, threshold: number) => {
    const v = vCells(below, this.#window);
    const responses = inhibited(below, connections, this.#window, v, threshold);
    return { strongest: max(responses, { axis: -1 }), planes: argmax(responses, -1), v };
  });

  readonly #reinforce = jit(
    (below: Tensor, places: Tensor, planes: Tensor, excitatory: Tensor) => {
      const [planesBelow, capacity] = [at(excitatory.shape, 2), at(excitatory.shape, 3)];
      const { size, deviation, padding } = this.#window;
      const cells = reshape(pad(below, [[0, 0], padding, padding, [0, 0]]), [-1, planesBelow]);
      const seen = reshape(take(cells, places), [SEEDS_A_CALL, -1]);
      const summed = reshape(matmul(transpose(seen), oneHot(planes, capacity)), excitatory.shape);
      const falloff = div(gaussianKernel(size, deviation), planesBelow);
      const grown = add(excitatory, mul(mul(summed, falloff), REINFORCEMENT));
      const length = sqrt(sum(div(square(grown), falloff), { axis: [0, 1, 2] }));
      return { excitatory: grown, inhibitory: length };
    },
    // thousands of versions of the same connections, which a garbage collector would let pile up
    { donate: [3] },
  );

  /** Places of the padded layer below that seeds see, those of one seed after the other. */
  #placesOf(seeds: readonly Seed[], below: Tensor): Int32Array {
    const { size, dilation, padding } = this.#window;
    const rowLength = at(below.shape, 2) + padding[0] + padding[1];
    const places = new Int32Array(SEEDS_A_CALL * size * size);
    for (const [i, { row, column }] of seeds.entries()) {
      for (let tap = 0; tap < size * size; tap++) {
        const y = row + dilation * Math.floor(tap / size);
        places[i * size * size + tap] = y * rowLength + column + dilation * (tap % size);
      }
    }
    return places;
  }

  #withRoom(capacity: number): SConnections {
    const more = silentPlanes(this.#window.size, at(this.#connections.excitatory.shape, 2), capacity);
    const { excitatory, inhibitory } = this.#connections;
    return {
      excitatory: concat([excitatory, more.excitatory], -1),
      inhibitory: concat([inhibitory, more.inhibitory]),
    };
  }
}

function silentPlanes(size: number, below: number, count: number): SConnections {
  return { excitatory: zeros([size, size, below, count]), inhibitory: zeros([count]) };
}

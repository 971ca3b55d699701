import { defineLayer } from '../../layers/define-layer.ts';
import { add, concat, conv2d, reshape, take, tensor, transpose, zeros } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { fanInUniform } from './fan-in-uniform.ts';
import { squash } from './squash.ts';

/** Which maps below each map sees. */
export type ConnectionTable = readonly (readonly number[])[];

/** The sixteen maps of C3 over the six of S2: the paper's table I. Maps that see others must learn others. */
export const C3_TABLE: ConnectionTable = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

/** Side of a window, in pixels. */
const WINDOW = 5;

interface TableConvolutionConfig {
  readonly table: ConnectionTable;
}

/**
 * A convolution in which a map sees only some maps below: [batch, height, width, maps below] and a kernel
 * [connected pairs of maps, 25], pairs in the order of the table, to [batch, height - 4, width - 4, maps].
 */
export function convolveByTable(table: ConnectionTable): (x: Tensor, kernel: Tensor) => Tensor {
  return (x, kernel) => {
    const below = x.shape.at(-1) ?? 0;
    // the row after the last is of zeros, for pairs that are not connected
    const windows = take(concat([kernel, zeros([1, WINDOW ** 2])], 0), tensor(placesOf(table, below)));
    return conv2d(x, reshape(transpose(windows), [WINDOW, WINDOW, below, table.length]));
  };
}

/** For each pair, map below by map, its row in the kernel. */
function placesOf(table: ConnectionTable, below: number): Int32Array {
  const pairs = pairsOf(table);
  const places = new Int32Array(below * table.length).fill(pairs.length);
  pairs.forEach(([map, seen], row) => {
    places[seen * table.length + map] = row;
  });
  return places;
}

/** Each map with one that it sees. */
function pairsOf(table: ConnectionTable): readonly (readonly [map: number, seen: number])[] {
  return table.flatMap((row, map) => row.map((seen) => [map, seen] as const));
}

/** squash(convolveByTable(x, kernel) + bias); only pairs of maps that are connected have weights. */
export const tableConvolution = defineLayer({
  type: 'TableConvolution',
  required: ['table'],
  defaults: {},
  input: '[batch, height, width, channels]',
  build({ table }: TableConvolutionConfig, _input, weights) {
    const pairs = pairsOf(table);
    const inputs = table.map((seen) => seen.length * WINDOW ** 2);
    const ofPairs = fanInUniform({ fanIn: pairs.map(([map]) => at(inputs, map)) });
    return {
      kernel: weights.add('kernel', [pairs.length, WINDOW ** 2], ofPairs),
      bias: weights.add('bias', [table.length], fanInUniform({ fanIn: inputs })),
    };
  },
  call: ({ config, kernel, bias }, x) => squash(add(convolveByTable(config.table)(x, kernel), bias)),
});

import { type TensorLike, toTensor } from '../ops/convert.ts';
import { tensor } from '../ops/create.ts';
import { takeAlongAxis } from '../ops/index/along-axis.ts';
import { take } from '../ops/index/take.ts';
import { reshape } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type ClassData, classData, floatRows, requireCount } from './class-data.ts';
import { requireFitted } from './fitted.ts';
import { vote } from './nearest-neighbours.ts';
import { mapRows } from './row-blocks.ts';
import { smallest } from './smallest.ts';
import { squaredDistances } from './squared-distances.ts';
import { tangentDistances } from './tangent-distance.ts';

/** Options of `tangentNeighbours`. */
export interface TangentNeighboursOptions {
  /** How many neighbours vote. Default 1. */
  readonly k?: number;
  /** How many images, the nearest by Euclidean distance, are compared by tangent distance. Default 100, or all if fewer. */
  readonly candidates?: number;
  /** What is added for each step along a tangent: more keeps the changes small. Default 0.01. */
  readonly stiffness?: number;
}

/** Images that were given to `fit`, a row each. */
interface KnownImages extends ClassData {
  readonly height: number;
  readonly width: number;
}

/** Distances and tangents are held of so many images at once. */
const BLOCK_IMAGES = 50;

/** Nearest neighbours by tangent distance: see `tangentNeighbours`. */
export class TangentNeighbours {
  readonly #options: Required<TangentNeighboursOptions>;
  #known: KnownImages | undefined;

  constructor(options: TangentNeighboursOptions = {}) {
    const where = 'tangentNeighbours';
    requireKnownOptions(options, ['k', 'candidates', 'stiffness'], where);
    const { k = 1, candidates = Math.max(100, k), stiffness = 0.01 } = options;
    requireCount(k, 'k', where);
    requireCount(candidates, 'candidates', where);
    if (candidates < k)
      throw new AntlerValueError({ where, expected: `at least k = ${k} candidates`, got: `${candidates}` });
    if (!(stiffness > 0))
      throw new AntlerValueError({ where, expected: 'stiffness, a number > 0', got: `${stiffness}` });
    this.#options = { k, candidates, stiffness };
  }

  /**
   * Remembers the images.
   * @param images [images, height, width], finite; at least k of them
   * @param labels [images], whole numbers >= 0
   * @throws AntlerShapeError, AntlerValueError for anything else
   */
  fit(images: TensorLike, labels: TensorLike): this {
    const where = 'tangentNeighbours, fit';
    const { rows, height, width } = imageRows(images, where);
    const count = at(rows.shape, 0);
    const { k } = this.#options;
    if (count < k)
      throw new AntlerValueError({ where, expected: `at least k = ${k} images`, got: `${count}` });
    this.#known = { ...classData(rows, labels, where), height, width };
    return this;
  }

  /** The class most of the k nearest images have, of equal ones the one of the nearest: [images, height, width] to int32 [images]. */
  predict(images: TensorLike): Tensor {
    const known = requireFitted(this.#known, 'tangentNeighbours');
    const where = 'tangentNeighbours, predict';
    const { rows, height, width } = imageRows(images, where);
    if (height !== known.height || width !== known.width) {
      const expected = `[images, ${known.height}, ${known.width}]`;
      throw new AntlerShapeError({ where, expected, got: `[images, ${height}, ${width}]` });
    }
    const search = jit((block: Tensor, from: Tensor) => this.#classesOf(block, from, known));
    return mapRows(rows, BLOCK_IMAGES, (block) => search(block, known.x));
  }

  #classesOf(block: Tensor, from: Tensor, { height, width, labels, classes }: KnownImages): Tensor {
    const { k, candidates, stiffness } = this.#options;
    const [count, others] = [at(block.shape, 0), Math.min(candidates, at(from.shape, 0))];
    const near = smallest(squaredDistances(block, from), others).places;
    const images = reshape(block, [count, height, width]);
    const compared = reshape(take(from, near), [count, others, height, width]);
    const nearest = smallest(tangentDistances(images, compared, stiffness), k).places;
    return vote(take(tensor(labels), takeAlongAxis(near, nearest, 1)), classes);
  }
}

/**
 * k nearest neighbours by tangent distance: images are compared as if each could be shifted, scaled, rotated, stretched and
 * drawn thicker by small steps. Simard, LeCun & Denker 1993, "Efficient pattern recognition using a new transformation
 * distance". Images should be smooth, strokes several pixels wide.
 */
export function tangentNeighbours(options: TangentNeighboursOptions = {}): TangentNeighbours {
  return new TangentNeighbours(options);
}

function imageRows(
  images: TensorLike,
  where: string,
): { readonly rows: Tensor; readonly height: number; readonly width: number } {
  const given = toTensor(images, where);
  const [count = 0, height = 0, width = 0] = given.shape;
  if (given.rank !== 3) {
    const expected = '[images, height, width]';
    throw new AntlerShapeError({ where, expected, got: formatShape(given.shape) });
  }
  return { rows: floatRows(reshape(given, [count, height * width]), where), height, width };
}

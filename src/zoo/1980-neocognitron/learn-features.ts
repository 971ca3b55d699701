import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { type Pictures, picturesAt } from './pictures.ts';
import type { SLayer } from './s-layer.ts';
import { seedCells, unknownPlace } from './seed-cells.ts';

export interface FeatureLearning {
  /** θ while learning: greater than afterwards, so that planes become different from each other. */
  readonly threshold: number;
  /** Cells to each side that compete to be a seed. */
  readonly reach: number;
  /** Share of a picture's strongest V-cell from which a silent place asks for a plane. */
  readonly leastShare: number;
}

/**
 * Lets a layer organise itself, without a teacher: each picture first adds planes for the places where no cell responds,
 * then reinforces the planes of its seed cells.
 * @param below what the layer sees of every picture
 */
export async function learnFeatures(
  layer: SLayer,
  below: Pictures,
  { threshold, reach, leastShare }: FeatureLearning,
  progress: Progress,
): Promise<void> {
  const count = at(below.shape, 0);
  for (let i = 0; i < count; i++) {
    const picture = picturesAt(below, i);
    let seen = await layer.look(picture, threshold);
    for (;;) {
      const place = unknownPlace(seen, { reach, leastShare });
      if (place === undefined) break;
      layer.addPlane(picture, Math.floor(place / seen.width), place % seen.width);
      seen = await layer.look(picture, threshold);
    }
    layer.reinforce(picture, seedCells(seen, reach));
    picture.dispose();
    if (i % 20 === 0) await progress(i / count, `${layer.planes} planes`);
  }
}

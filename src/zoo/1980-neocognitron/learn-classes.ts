import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { type Pictures, picturesAt } from './pictures.ts';
import type { Responses, SLayer } from './s-layer.ts';
import { strongestPlace } from './seed-cells.ts';

export interface ClassLearning {
  /** θ, low: every digit shall be like something. */
  readonly threshold: number;
  /** Passes over the pictures, unless one changes no winner. */
  readonly sweeps: number;
}

/**
 * Supervised competitive learning of the highest S-layer (Fukushima 2003): if the strongest cell is of the right class,
 * its plane is reinforced there; otherwise the picture becomes the first of a new plane of its class.
 * @returns the class of each plane
 */
export async function learnClasses(
  layer: SLayer,
  below: Pictures,
  classes: Uint8Array,
  { threshold, sweeps }: ClassLearning,
  progress: Progress,
): Promise<number[]> {
  const count = at(below.shape, 0);
  const classOfPlane: number[] = [];
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = layer.planes;
    for (let i = 0; i < count; i++) {
      const picture = picturesAt(below, i);
      const seen = await layer.look(picture, threshold);
      const winner = winnerOf(seen);
      if (winner && classOfPlane[winner.plane] === at(classes, i)) layer.reinforce(picture, [winner]);
      else {
        addMiddle(layer, picture, seen);
        classOfPlane.push(at(classes, i));
      }
      picture.dispose();
      if (i % 20 === 0) await progress((sweep + i / count) / sweeps, `${layer.planes} planes`);
    }
    if (layer.planes === before) break;
  }
  return classOfPlane;
}

function winnerOf({ strongest, planes, width }: Responses) {
  const place = strongestPlace(strongest);
  if (at(strongest, place) === 0) return undefined;
  return { row: Math.floor(place / width), column: place % width, plane: at(planes, place) };
}

function addMiddle(
  layer: SLayer,
  picture: Parameters<SLayer['addPlane']>[0],
  { strongest, width }: Responses,
) {
  const height = strongest.length / width;
  layer.addPlane(picture, Math.floor(height / 2), Math.floor(width / 2));
}

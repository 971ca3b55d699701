import { div } from '../../ops/index.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { sCells } from './cells.ts';
import { contrastCells } from './contrast.ts';
import { S1, S2, S3, S4 } from './layers.ts';
import { type DigitNetwork, firstStage, fourthStage, secondStage, thirdStage } from './network.ts';

/** Responses of all cells of a layer to one picture. */
export type LayerPicture = {
  readonly name: string;
  /** [height, width, planes]. */
  readonly shape: number[];
  readonly data: Float32Array;
};

/** All planes of all layers for one image, uint8 [1, 28, 28, 1], from U_0 to the ten cells of U_C4. */
export async function picturesOfLayers(network: DigitNetwork, image: Tensor): Promise<LayerPicture[]> {
  const layers = jit((given: Tensor) => {
    const u0 = div(given, 255);
    const ug = contrastCells(u0);
    const c1 = firstStage(given, network.s1);
    const c2 = secondStage(c1, network.s2);
    const c3 = thirdStage(c2, network.s3);
    return {
      U0: u0,
      UG: ug,
      US1: sCells(ug, network.s1, S1.window, S1.threshold),
      UC1: c1,
      US2: sCells(c1, network.s2, S2.window, S2.threshold),
      UC2: c2,
      US3: sCells(c2, network.s3, S3.window, S3.threshold),
      UC3: c3,
      US4: sCells(c3, network.s4, S4.window, S4.threshold),
      UC4: fourthStage(c3, network),
    };
  })(image);
  const pictures: LayerPicture[] = [];
  for (const [name, responses] of Object.entries(layers)) {
    const shape = responses.rank === 4 ? responses.shape.slice(1) : [1, 1, at(responses.shape, 1)];
    pictures.push({ name, shape: [...shape], data: Float32Array.from(await responses.data()) });
  }
  return pictures;
}

/** One plane of a layer, row-major. */
export function planeOf({ shape, data }: LayerPicture, plane: number): Float32Array {
  const planes = at(shape, 2);
  return Float32Array.from({ length: data.length / planes }, (_, i) => at(data, i * planes + plane));
}

import { resize } from '../../ops/image/resize.ts';
import { pad } from '../../ops/shape/tiling.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { cutOut, type Size, sizeOfPictures } from './pictures.ts';

/** Height and width in the ratio of a target, that share one side with the picture: rounded down, as Keras does. */
function sidesInRatio([height, width]: Size, [targetHeight, targetWidth]: Size): Size {
  return [
    Math.floor((width * targetHeight) / targetWidth),
    Math.floor((height * targetWidth) / targetHeight),
  ];
}

/** The largest part in the middle of pictures [batch, height, width, channels] that has the ratio of a target. */
export function cropToRatio(pictures: Tensor, target: Size): Tensor {
  const [height, width] = sizeOfPictures(pictures);
  const [tall, wide] = sidesInRatio([height, width], target);
  const size = [Math.max(Math.min(height, tall), 1), Math.max(Math.min(width, wide), 1)] as const;
  return cutOut(pictures, [Math.floor((height - size[0]) / 2), Math.floor((width - size[1]) / 2)], size);
}

/** Pictures [batch, height, width, channels] with borders of one value, so that they have the ratio of a target. */
export function padToRatio(pictures: Tensor, target: Size, value: number): Tensor {
  const [height, width] = sizeOfPictures(pictures);
  const [tall, wide] = sidesInRatio([height, width], target);
  const rows = Math.floor((Math.max(height, tall) - height) / 2);
  const columns = rows > 0 ? 0 : Math.floor((Math.max(width, wide) - width) / 2);
  return pad(
    pictures,
    [
      [0, 0],
      [rows, rows],
      [columns, columns],
      [0, 0],
    ],
    { value },
  );
}

/** The largest part in the middle that has the ratio of the target, brought to its size. */
export function fitTo(pictures: Tensor, target: Size): Tensor {
  return resize(cropToRatio(pictures, target), target);
}

import { requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { fitTo } from './aspect-ratio.ts';
import { cutOut, ofPictures, PICTURES, type PictureConfig, sizeOfPictures } from './pictures.ts';

/** Options of `centerCrop`. */
export interface CenterCropConfig extends PictureConfig {
  readonly height: number;
  readonly width: number;
}

/**
 * The middle of pictures: [batch, height', width', channels], or one picture without the batch, to the same with the
 * given height and width. Of smaller pictures the largest part of that ratio, enlarged. As Keras 3.
 */
export const centerCrop = defineLayer({
  type: 'CenterCrop',
  required: ['height', 'width'],
  defaults: { dataFormat: 'channelsLast' },
  input: PICTURES,
  check({ height, width, dataFormat }: CenterCropConfig, where) {
    requireWhole(height, 'height', where);
    requireWhole(width, 'width', where);
    requireDataFormat(dataFormat, where);
  },
  call: ({ config: { height, width, dataFormat } }, x) =>
    ofPictures(x, dataFormat, (pictures) => {
      const [rows, columns] = sizeOfPictures(pictures);
      if (rows < height || columns < width) return fitTo(pictures, [height, width]);
      const corner = [Math.floor((rows - height) / 2), Math.floor((columns - width) / 2)] as const;
      return cutOut(pictures, corner, [height, width]);
    }),
});

import { damagedFile } from '../util/damaged-file.ts';
import type { PngChunk } from './png-chunks.ts';

/** The first chunk of a PNG file, IHDR, checked. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly colour: PngColour;
  /** Samples of a pixel as stored: 1 for a palette. */
  readonly samples: 1 | 2 | 3 | 4;
  readonly isInterlaced: boolean;
}

export type PngColour = 'grey' | 'rgb' | 'palette' | 'greyAlpha' | 'rgbAlpha';

interface ColourType {
  readonly colour: PngColour;
  readonly samples: PngHeader['samples'];
  readonly depths: readonly number[];
}

/** PNG specification, table 11.1. */
const COLOUR_TYPES: ReadonlyMap<number, ColourType> = new Map([
  [0, { colour: 'grey', samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { colour: 'rgb', samples: 3, depths: [8, 16] }],
  [3, { colour: 'palette', samples: 1, depths: [1, 2, 4, 8] }],
  [4, { colour: 'greyAlpha', samples: 2, depths: [8, 16] }],
  [6, { colour: 'rgbAlpha', samples: 4, depths: [8, 16] }],
]);

/** @throws AntlerDataError if it is no IHDR, breaks the specification or claims more than `maximumPixels` */
export function readPngHeader(chunk: PngChunk | undefined, maximumPixels: number, file: string): PngHeader {
  if (chunk?.type !== 'IHDR' || chunk.data.length !== 13) {
    throw damagedFile({ file, offset: 8, expected: 'the chunk IHDR of 13 bytes', got: `${chunk?.type}` });
  }
  const { data, offset } = chunk;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const pixels = width * height;
  if (pixels === 0 || pixels > maximumPixels) {
    throw damagedFile({
      file,
      offset,
      expected: `1 to ${maximumPixels} pixels`,
      got: `${width} x ${height}`,
    });
  }
  const depth = view.getUint8(8);
  const type = COLOUR_TYPES.get(view.getUint8(9));
  const interlace = view.getUint8(12);
  if (!type?.depths.includes(depth) || view.getUint16(10) !== 0 || interlace > 1) {
    throw damagedFile({
      file,
      offset: offset + 8,
      expected: 'a combination of depth, colour, compression, filter and interlace that PNG knows',
      got: data.subarray(8).join(' '),
    });
  }
  return { width, height, depth, colour: type.colour, samples: type.samples, isInterlaced: interlace === 1 };
}

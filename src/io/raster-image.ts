/** A picture of bytes: [height, width, channels], row-major. */
export interface RasterImage {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha (not premultiplied). */
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}

/** Images with one class each: one part (train or test) of a dataset. */
export interface LabelledImages {
  /** [count, height, width, channels], row-major; 0 is background, 255 ink. */
  readonly images: Uint8Array;
  /** [count], each in 0 .. classes - 1. */
  readonly labels: Uint8Array;
  /** [height, width, channels] of one image. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  readonly count: number;
}

/** Where the files of a dataset were found. */
export interface DatasetSource {
  readonly kind: 'path' | 'package' | 'system' | 'cache' | 'download';
  /** The folder, or the URL they came from. */
  readonly location: string;
}

/**
 * A dataset in the split its authors published. Learn from `train` only; what is tuned or stopped early takes
 * a validation part from the end of `train`. `test` is for the one figure that is reported.
 */
export interface ImageDataset {
  readonly name: string;
  /** Names of the classes, in the order of their numbers. */
  readonly classes: readonly string[];
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly source: DatasetSource;
}

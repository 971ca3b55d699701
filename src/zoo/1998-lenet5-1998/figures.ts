import type { LabelledImages } from '../../data/labelled-images.ts';
import type { Sequential } from '../../models/sequential.ts';
import { tensor } from '../../ops/index.ts';
import { type GridImage, imageGrid, lineChart, panels } from '../../plot/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { CODE_SHAPE, CODES } from './codes.ts';
import type { PassResult } from './experiment.ts';
import { frame } from './frame.ts';
import { statesOf, weightsOf } from './network.ts';

/** Errors of training and test images after each pass. */
export function drawCurve(passes: readonly PassResult[]): Figure {
  const x = passes.map((_, i) => i + 1);
  const percent = (errors: readonly number[]) => errors.map((error) => 100 * error);
  const title = 'Error after each pass';
  return {
    title,
    caption:
      'The paper’s figure 5. Training images are learnt better and better; the error on test images settles early and does not rise again.',
    svg: lineChart({
      title,
      x: { label: 'passes over the training images' },
      y: { label: 'error, %', range: [0, 1.1 * Math.max(...passes.map(({ testError }) => 100 * testError))] },
      series: [
        { name: 'test', x, y: percent(passes.map(({ testError }) => testError)) },
        { name: 'training', x, y: percent(passes.map(({ trainError }) => trainError)) },
      ],
      levels: [{ value: 0.95, name: 'published, test' }],
    }),
  };
}

/** What every layer makes of one image, up to the picture that F6 draws. */
export async function drawMaps(network: Sequential, { images, labels }: LabelledImages): Promise<Figure> {
  const weights = weightsOf(network).map(({ kernel, bias }) => ({
    kernel: kernel.read(),
    bias: bias.read(),
  }));
  const states = statesOf(frame(tensor(images.slice(0, 784), [1, 28, 28, 1])), weights);
  const [input, c1, s2, c3, s4, c5, f6] = await Promise.all(states.map(mapsOf));
  const grids = [
    { title: 'Input, 32 × 32', maps: input, size: 96 },
    { title: 'C1, 28 × 28: convolution', maps: c1, size: 84 },
    { title: 'S2, 14 × 14: subsampling', maps: s2, size: 84 },
    { title: 'C3, 10 × 10: convolution by the table', maps: c3, size: 60 },
    { title: 'S4, 5 × 5: subsampling', maps: s4, size: 60 },
    { title: 'C5: 120 units', maps: joined(c5, { height: 6, width: 20 }), size: 240 },
    { title: 'F6, as 7 × 12 pixels', maps: joined(f6, CODE_SHAPE), size: 70 },
  ].map(({ title, maps = [], size }) =>
    imageGrid({ title, columns: 8, images: maps, size, range: [-1.2, 1.2] }),
  );
  const title = 'Feature maps of one digit';
  return {
    title,
    caption: `The first test image, a ${at(labels, 0)}, on its way through the network; white is +1.2, black −1.2. C1 finds strokes and edges, C3 their combinations; F6 draws a stylised character, which the output layer compares with the ten codes.`,
    svg: panels({ title, columns: 1, panels: grids }),
  };
}

/** The fixed codes of the output layer. */
export function drawCodes(): Figure {
  const size = CODE_SHAPE.height * CODE_SHAPE.width;
  const title = 'The codes of the ten classes';
  const images = Array.from({ length: CODES.length / size }, (_, i) => ({
    ...CODE_SHAPE,
    data: CODES.slice(i * size, (i + 1) * size),
    label: `${i}`,
  }));
  return {
    title,
    caption:
      'What F6 is to draw for each class, 7 × 12 pixels of ±1. Characters that look alike have codes that are near each other, which helps a reader of whole words.',
    svg: imageGrid({ title, columns: 10, images, size: 49 }),
  };
}

/** All test images that are taken for another class. */
export function drawMistakes(test: LabelledImages, classes: Uint8Array): Figure {
  const wrong = [...classes.keys()].filter((i) => classes[i] !== test.labels[i]);
  const title = `All ${wrong.length} mistakes`;
  return {
    title,
    caption:
      'The paper’s figure 8: every test image that is taken for another class, with the right answer on the left of the arrow and the network’s on its right.',
    svg: imageGrid({
      title,
      columns: 12,
      size: 44,
      images: wrong.map((i) => ({
        width: 28,
        height: 28,
        data: test.images.subarray(i * 784, (i + 1) * 784),
        label: `${test.labels[i]}→${classes[i]}`,
      })),
    }),
  };
}

/** The maps of a state [1, height, width, maps], or its units [1, units] as one map each. */
async function mapsOf(state: Tensor): Promise<GridImage[]> {
  const [height = 1, width = 1] = state.shape.length === 4 ? state.shape.slice(1, 3) : [];
  const maps = at(state.shape, -1);
  const values = await state.data();
  return Array.from({ length: maps }, (_, map) => ({
    height,
    width,
    data: Float32Array.from({ length: height * width }, (_, i) => Number(values[i * maps + map])),
  }));
}

/** Many maps of one pixel as a single image. */
function joined(
  maps: readonly GridImage[] | undefined,
  shape: { height: number; width: number },
): GridImage[] {
  return [{ ...shape, data: Float32Array.from(maps ?? [], ({ data }) => Number(data[0])) }];
}

import { barChart, type GridImage, imageGrid, panels } from '../../plot/index.ts';
import type { Figure } from '../study.ts';
import { PIXELS } from './digits.ts';
import type { ChainPictures, RbmMeasured } from './measured.ts';

const SIDE = 28;

/** Hidden units of the large machine that are shown. */
const SHOWN_FILTERS = 100;

/** Filters, chains, and likelihoods beside reconstruction errors. */
export function rbmFigures(measured: RbmMeasured & { readonly chains: ChainPictures }): Figure[] {
  const { cd, pcd, large, chains } = measured;
  return [
    {
      title: 'What 16 hidden units look for',
      caption:
        'Weights of each hidden unit to the 784 pixels, orange for ink that excites it and blue for ink that inhibits it. Both machines saw the same digits equally often; only where the chains of the negative phase begin differs.',
      svg: panels({
        title: 'Weights of 16 hidden units',
        columns: 2,
        panels: [filterGrid('CD-1', cd.weights, 16, 16, 4), filterGrid('PCD-1', pcd.weights, 16, 16, 4)],
      }),
    },
    {
      title: `Filters among ${large.hidden} hidden units`,
      caption:
        'With many units each looks at a stroke or an edge in one place, and most of its weights are near zero.',
      svg: filterGrid(`PCD-1, ${large.hidden} hidden units`, large.weights, large.hidden, SHOWN_FILTERS, 10),
    },
    {
      title: 'Gibbs chains that begin at test digits',
      caption:
        'Each column is one chain, each row a number of Gibbs steps after a digit that the machine never saw: probabilities of the pixels. The chains stay digits, and wander slowly from one class to another.',
      svg: chainRows(chains),
    },
    {
      title: 'Likelihood and reconstruction rank machines differently',
      caption:
        'Nats lost on a test digit: by the probability that the machine gives it, and by its reconstruction in one pass. Reconstructions are alike; the machines are not.',
      svg: comparison(measured),
    },
  ];
}

function filterGrid(
  title: string,
  weights: Float32Array,
  hidden: number,
  shown: number,
  columns: number,
): string {
  const images = Array.from({ length: Math.min(shown, hidden) }, (_, unit) =>
    picture(Float32Array.from({ length: PIXELS }, (_, pixel) => weights[pixel * hidden + unit] ?? 0)),
  );
  return imageGrid({
    title,
    columns,
    images,
    colours: 'diverging',
    range: 'each',
    size: shown > 16 ? 56 : 72,
  });
}

function chainRows(chains: ChainPictures): string {
  const rows = chains.map(({ step, pixels }) => {
    const images = Array.from({ length: pixels.length / PIXELS }, (_, chain) =>
      picture(pixels.subarray(chain * PIXELS, (chain + 1) * PIXELS)),
    );
    return imageGrid({ title: steps(step), columns: images.length, images, range: [0, 1], size: 52 });
  });
  return panels({ title: 'Ten chains, one in each column', columns: 1, panels: rows });
}

function steps(count: number): string {
  if (count === 0) return 'test digits';
  return `after ${count} ${count === 1 ? 'step' : 'steps'}`;
}

function picture(data: Float32Array): GridImage {
  return { width: SIDE, height: SIDE, data };
}

function comparison({ independent, cd, pcd, large }: RbmMeasured): string {
  return barChart({
    title: 'Nats a test digit; less is better',
    unit: 'nats',
    series: ['-log p', 'reconstruction'],
    groups: [
      { name: 'independent pixels', values: [-independent, Number.NaN] },
      { name: 'CD-1, 16 hidden', values: [-cd.logLikelihood, cd.reconstruction] },
      { name: 'PCD-1, 16 hidden', values: [-pcd.logLikelihood, pcd.reconstruction] },
      { name: `PCD-1, ${large.hidden} hidden`, values: [-large.logLikelihood, large.reconstruction] },
    ],
    format: (value) => value.toFixed(1),
  });
}

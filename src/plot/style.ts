import { trusted } from './html.ts';

/** Colours on a light ground and on a dark one. */
type Pair = readonly [light: string, dark: string];

const GROUND: Pair = ['#FAF8F4', '#15171A'];
const INK: Pair = ['#1D1F22', '#E8E6E1'];
const QUIET: Pair = ['#5C5F64', '#A3A6AC'];
const HAIRLINE: Pair = ['#E2DED6', '#2B2E33'];

/** Told apart in all common kinds of colour blindness, also by their lightness (after Okabe and Ito 2008). */
const SERIES: readonly Pair[] = [
  ['#0B67A8', '#62AEEA'],
  ['#C24E00', '#F28C4B'],
  ['#007A5A', '#3CC79A'],
  ['#A8487F', '#E39AC6'],
  ['#A97400', '#F0BE45'],
  ['#2F8FCB', '#9ADAF7'],
  ['#4A4D52', '#C3C6CB'],
  ['#6E6400', '#CFC66A'],
];

/** Sizes of letters in pixels. */
export const FONT = { title: 15, label: 13, tick: 12 } as const;

/** The class that gives a series its colour; after the eighth they begin again. */
export function colourClass(series: number): string {
  return `c${series % SERIES.length}`;
}

const SANS = "Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";

/** Rules of one ground: `side` 0 is light, 1 is dark. */
function colours(side: 0 | 1): string {
  const series = SERIES.map((pair, index) => `.plot .c${index}{color:${pair[side]}}`);
  return [
    `.plot .ground{fill:${GROUND[side]}}`,
    `.plot .halo{stroke:${GROUND[side]}}`,
    `.plot text{fill:${INK[side]}}`,
    `.plot .tick,.plot .quiet{fill:${QUIET[side]}}`,
    `.plot .grid{stroke:${HAIRLINE[side]}}`,
    `.plot .axis,.plot .level,.plot .leader{stroke:${QUIET[side]}}`,
    `.plot .frame{fill:none;stroke:${HAIRLINE[side]}}`,
    ...series,
  ].join('');
}

/** One style element for every picture, so that several of them on one page cannot disagree. */
export const STYLE = trusted(
  `<style>.plot text{font:${FONT.tick}px ${SANS};font-variant-numeric:tabular-nums}` +
    `.plot .title{font-size:${FONT.title}px;font-weight:600}.plot .label,.plot .name{font-size:${FONT.label}px}` +
    '.plot .line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}' +
    '.plot .dashed{stroke-dasharray:6 4}.plot .level{stroke-dasharray:2 4}.plot .leader{stroke-width:.75}' +
    '.plot .dots{fill:none;stroke:currentColor;stroke-linecap:round}.plot .fill{fill:currentColor}' +
    '.plot .halo{fill:none;stroke-linecap:round}.plot image{image-rendering:pixelated}' +
    `.plot .contour{fill:none;stroke:#6B6E73;stroke-width:.75}` +
    `${colours(0)}@media (prefers-color-scheme:dark){${colours(1)}}</style>`,
);

import { type Html, html } from './html.ts';
import { FONT, STYLE } from './style.ts';
import { wrapped } from './text.ts';

/** Room around everything, in pixels. */
export const PADDING = 16;
const TITLE_HEIGHT = 20;

export interface Drawing {
  readonly title: string;
  /** What is seen, for those who cannot see it. */
  readonly description?: string;
  readonly width: number;
  /** Of the part below the title. */
  readonly height: number;
  /** Draws that part, from the given top on. */
  draw(top: number): Html;
}

/** A whole picture: its title, then what is drawn below it. */
export function svgOf({ title, description, width, height, draw }: Drawing): string {
  const lines = wrapped(title, width - 2 * PADDING, FONT.title);
  const top = PADDING + lines.length * TITLE_HEIGHT + 8;
  const [wide, high] = [Math.ceil(width), Math.ceil(top + height)];
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="plot" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img">
<title>${title}</title>${description === undefined ? undefined : html`<desc>${description}</desc>`}${STYLE}
<rect class="ground" width="${wide}" height="${high}"/>
${lines.map((line, index) => html`<text class="title" x="${PADDING}" y="${PADDING + 13 + index * TITLE_HEIGHT}">${line}</text>`)}
${draw(top)}
</svg>
`.text;
}

/** A pixel to a tenth, which no eye tells apart. */
export function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}

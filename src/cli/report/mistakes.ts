import { type Html, html } from '../../plot/html.ts';
import { pngUrl } from '../../plot/png.ts';
import { at } from '../../util/errors.ts';
import type { Evaluation, Mistake } from '../run/evaluation.ts';
import { percent } from '../terminal/format.ts';

const SHOWN = 36;

/** The mistakes the network was surest of, as pictures. */
export function drawMistakes({ mistakes, imageShape }: Evaluation, classes: readonly string[]): Html {
  return html`<ol class="mistakes">${mistakes
    .slice(0, SHOWN)
    .map((mistake) => drawMistake(mistake, imageShape, classes))}</ol>
`;
}

function drawMistake(mistake: Mistake, imageShape: readonly number[], classes: readonly string[]): Html {
  const { index, label, predicted, confidence, labelProbability, pixels } = mistake;
  const [height, width] = [at(imageShape, 0), at(imageShape, 1)];
  const url = pngUrl({ width, height, channels: imageShape[2] === 3 ? 3 : 1, data: pixels });
  const sure = `${(100 * confidence).toFixed(confidence > 0.999 ? 2 : 1)} %`;
  return html`<li title="test image ${index}; ${classes[label]} got ${percent(labelProbability)}">
<img src="${url}" width="84" height="84" alt="test image ${index}, a ${classes[label]}">
<p><b>${classes[label]}</b> read as <b class="wrong">${classes[predicted]}</b><br><small>${sure} sure</small></p></li>
`;
}

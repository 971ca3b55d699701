import { type Html, html } from '../../plot/html.ts';
import type { Evaluation } from '../run/evaluation.ts';

/**
 * The confusion matrix as a table: a row for each true class, a column for each answer. Only mistakes are
 * shaded, by their number: the diagonal is so much larger that it would drown them.
 */
export function drawConfusion({ confusion }: Evaluation, classes: readonly string[]): Html {
  const most = Math.max(1, ...confusion.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
  return html`<figure class="confusion"><table>
<caption>rows: the true class; columns: the answer</caption>
<thead><tr><td></td>${classes.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col" class="rate">right</th></tr></thead>
<tbody>${confusion.map((row, label) => drawRow(row, label, classes, most))}</tbody>
</table></figure>
`;
}

function drawRow(row: readonly number[], label: number, classes: readonly string[], most: number): Html {
  const total = row.reduce((sum, count) => sum + count, 0);
  const right = total > 0 ? `${((100 * (row[label] ?? 0)) / total).toFixed(1)} %` : '';
  return html`<tr><th scope="row">${classes[label]}</th>${row.map((count, answer) => {
    if (answer === label) return html`<td class="diagonal">${count}</td>`;
    if (count === 0) return html`<td class="none">·</td>`;
    const share = Math.round((100 * count) / most);
    return html`<td class="${share > 55 ? 'much' : 'some'}" style="--share:${share}%">${count}</td>`;
  })}<td class="rate">${right}</td></tr>
`;
}

import { type Html, html } from '../../plot/html.ts';

/** Names and values, a row each. */
export function drawFactTable(rows: Readonly<Record<string, string>>): Html {
  return html`<table><tbody>${Object.entries(rows).map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
  )}</tbody></table>`;
}

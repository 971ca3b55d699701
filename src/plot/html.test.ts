import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

const QUOTE = '"';

describe('html', () => {
  it('escapes text, keeps HTML, joins lists, leaves undefined out', () => {
    expect(
      html`<p title="${QUOTE}">${'<&'}${html`<b>${1}</b>`}${['a', html`<i>`]}${undefined}</p>`.text,
    ).toBe('<p title="&quot;">&lt;&amp;<b>1</b>a<i></p>');
  });
});

import { describe, expect, test } from 'vitest';
import { html, markupText, visible } from '../../lib/report/markup.ts';
import { fc } from '../world/properties.ts';

describe('what is put into a page', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onload="x', '&quot; onload=&quot;x'],
    ["' onload='x", '&#39; onload=&#39;x'],
    ['&lt;', '&amp;lt;'],
    ['Zoë 東京 🧾', 'Zoë 東京 🧾'],
  ])('%s is escaped', (text, expected) => {
    expect(markupText(html`${text}`)).toBe(expected);
  });

  test('is markup only where it was made by the template', () => {
    const forged = JSON.parse('{"markup": "<b>"}') as string;
    expect(markupText(html`<i>${html`<b>x</b>`}</i>`)).toBe('<i><b>x</b></i>');
    expect(markupText(html`${['<', html`<br>`, 7]}`)).toBe('&lt;<br>7');
    expect(() => markupText(html`${forged}`)).toThrow();
  });

  test('never opens a tag, ends an attribute or begins an entity of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const markup = markupText(html`${text}`);
        expect(markup).not.toMatch(/[<>"']/);
        expect(markup.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
        expect(markup.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('what cannot be seen', () => {
  test.each([
    ['a terminal escape', '\u001b[2Jgone', '\ufffd[2Jgone'],
    ['a line break', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['a turn of direction', 'txn_\u202efdp', 'txn_\ufffdfdp'],
    ['an isolate', '\u2066x', '\ufffdx'],
    ['a space of no width', 'a\u200bb', 'a\ufffdb'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
  ])('%s is shown as something', (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });
});

import { html, type Markup } from './markup.ts';

/** A part of the page, named by its heading; `id` is its address within the page. */
export function section(id: string, heading: string, body: Markup): Markup {
  return html`
<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
<div class="body">
${body}
</div>
</section>
`;
}

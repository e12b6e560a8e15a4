import { isId } from '../model/ids.ts';
import { html, type Markup } from './markup.ts';

/** Only what leads to a web page becomes a link: a template could also hold a script. */
const WEB_ADDRESS = /^https:\/\//;

/** A day and a rule can be what a discrepancy is about, but Rebilly has no page of them. */
const WITHOUT_PAGE = new Set(['days', 'rules']);

/**
 * Fills `{organization}`, `{collection}` and `{id}` in. What is no id of Rebilly's could leave its
 * place in the address, so it leads nowhere: undefined, as where there is no template.
 */
export function recordAddress(
  template: string,
  record: { readonly organization: string; readonly collection: string; readonly id: string },
): string | undefined {
  if (!WEB_ADDRESS.test(template) || !isId(record.id)) return undefined;
  if (WITHOUT_PAGE.has(record.collection)) return undefined;
  return template.replace(/\{(organization|collection|id)\}/g, (_, name: keyof typeof record) =>
    encodeURIComponent(record[name]),
  );
}

/** A record's id, leading to the record where its address is known. */
export function recordLink(
  { linkTemplate, organizationId }: { linkTemplate: string; organizationId: string },
  collection: string,
  id: string,
): Markup {
  const record = { organization: organizationId, collection, id };
  const address = recordAddress(linkTemplate, record);
  const label = html`<span class="id">${id}</span>`;
  return address === undefined ? label : html`<a href="${address}" rel="noreferrer">${label}</a>`;
}

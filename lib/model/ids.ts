import { Fault } from './fault.ts';

/** An organization's id, checked against the API's pattern; safe as a path segment. */
export type OrganizationId = string & { readonly organizationId: unique symbol };

/** A resource's id as the API sent it. Merchants choose their own: no prefix, no order, no secret. */
export type ResourceId = string & { readonly resourceId: unique symbol };

/** A run's id: its start instant, `20261121T061500Z`. */
export type RunId = string & { readonly runId: unique symbol };

/** Contract 1: at most 50 of `@ ~ - . \w`. `.` and `..` would climb out of the path. */
const ID = /^[@~\-.\w]{1,50}$/;

export function isId(text: string): text is ResourceId {
  return ID.test(text) && text !== '.' && text !== '..';
}

export function organizationId(text: string): OrganizationId {
  if (isId(text)) return text as string as OrganizationId;
  throw new Fault(
    'ORGANIZATION_INVALID',
    `'${text}' is no organization id.`,
    'Give --organization or organizationId as Rebilly shows it, for example org_01HX….',
  );
}

export function runId(instantText: string): RunId {
  return instantText.replace(/[-:]/g, '') as RunId;
}

export function isRunId(text: string): text is RunId {
  return /^\d{8}T\d{6}Z$/.test(text);
}

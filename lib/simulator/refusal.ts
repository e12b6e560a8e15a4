import { type Answer, JSON_TYPE } from './answer.ts';

/** A member of a question that the API will not take; `field` is dotted for nested names. */
export interface InvalidField {
  readonly field: string;
  readonly message: string;
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Validation Failed',
  429: 'Rate Limit Exceeded',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** An answer with the members of RFC 9457, under the media type that the API declares for it. */
export function refusal(
  status: number,
  detail: string,
  more: { invalidFields?: readonly InvalidField[]; headers?: Answer['headers'] } = {},
): Answer {
  const { invalidFields, headers = {} } = more;
  const title = TITLES[status] ?? 'Error';
  const problem = { type: 'about:blank', title, status, detail, instance: `sim-${status}` };
  const body = JSON.stringify(
    invalidFields === undefined ? problem : { ...problem, invalidFields },
  );
  return { status, headers: { ...headers, 'Content-Type': JSON_TYPE }, body };
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** What goes back over the wire, before it is encoded (and before anything happens to it there). */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

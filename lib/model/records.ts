/** What `JSON.rawJSON` makes: a number whose digits a double cannot hold, kept as it was sent. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** ECMAScript's own way to carry a number's text (Node 24 has it, TypeScript's library not yet). */
const { rawJSON, isRawJSON } = JSON as typeof JSON & {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};
export const rawNumber = rawJSON;
export const isRawNumber = isRawJSON;

export type Json = null | boolean | number | string | RawNumber | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value)
  );
}

/** The collections that are read whole. */
export const COLLECTIONS = ['transactions', 'credit-memos'] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** The tables a snapshot holds; a credit memo's lists become tables of their own. */
export const TABLES = [
  'transactions',
  'credit-memos',
  'credit-memo-items',
  'credit-memo-allocations',
] as const;
export type TableName = (typeof TABLES)[number];

export const TABLES_OF: Readonly<Record<CollectionName, readonly TableName[]>> = {
  transactions: ['transactions'],
  'credit-memos': ['credit-memos', 'credit-memo-items', 'credit-memo-allocations'],
};

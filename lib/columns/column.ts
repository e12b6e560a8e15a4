/** How a cell is read and written; `docs/columns.md` explains each to the reader of the files. */
export const KINDS = {
  id: 'an id, as the API sent it',
  ids: 'ids, joined by a space',
  text: 'text',
  enum: 'one of a few words; a new word of the API is kept as it is',
  money: 'an amount: exact, with at least the decimals of its currency',
  decimal: 'a number with every digit that was sent (unit prices, rates)',
  integer: 'a whole number',
  boolean: 'true or false',
  time: 'a moment, ISO 8601 in UTC',
  date: 'a calendar day, YYYY-MM-DD',
  json: 'JSON on one line, members in alphabetical order',
} as const;

export type Kind = keyof typeof KINDS;

export interface Column {
  /** The header: the API's own member name, nested ones with dots. Never renamed, never reused. */
  readonly name: string;
  readonly kind: Kind;
  /** What it tells an accountant, in sentences. */
  readonly meaning: string;
  /** The part of the API it comes from, `CreditMemo.items[].price`, or how it is computed. */
  readonly source: string;
  /** For money: the column of its currency, beside it or of the whole record. */
  readonly currency?: string;
  /** For an enum: the words that the API documents. */
  readonly values?: readonly string[];
  /** Personal data: left out unless `columns.add` names the column. */
  readonly personal?: true;
  /** Every record has it; where it lacks, that is counted as drift. */
  readonly always?: true;
  /** The API documents null for it. */
  readonly nullable?: true;
}

/** A table's contract: its columns and what else is known of the records behind it. */
export interface TableContract {
  /** In order of the file. Only ever appended to. */
  readonly columns: readonly Column[];
  /** Where the records stand in the API: '' or the path of the list, for paths in drift entries. */
  readonly path: string;
  /** Members that the API documents and no column carries: no drift. */
  readonly ignored: readonly string[];
  /** Objects for which the API documents null. */
  readonly nullableObjects: readonly string[];
}

type Extras = Omit<Partial<Column>, 'name' | 'kind' | 'meaning'>;
type Draft = Omit<Column, 'source'> & { readonly source?: string };
type Maker = (name: string, meaning: string, extras?: Extras) => Draft;

const make =
  (kind: Kind): Maker =>
  (name, meaning, extras) => ({ name, kind, meaning, ...extras });

export const id = make('id');
export const ids = make('ids');
export const text = make('text');
export const decimal = make('decimal');
export const integer = make('integer');
export const boolean = make('boolean');
export const time = make('time');
export const date = make('date');
export const json = make('json');

export function money(name: string, currency: string, meaning: string, extras?: Extras): Draft {
  return { name, kind: 'money', meaning, currency, ...extras };
}

export function oneOf(
  name: string,
  values: readonly string[],
  meaning: string,
  extras?: Extras,
): Draft {
  return { name, kind: 'enum', meaning, values, ...extras };
}

/** Columns whose source is the member of their own name under `origin`, unless they say another. */
export function columnsFrom(origin: string, drafts: readonly Draft[]): readonly Column[] {
  return drafts.map((draft) => ({ source: `${origin}.${draft.name}`, ...draft }));
}

/** May be null, as documented. */
export const NULLABLE = { nullable: true } as const;
/** Every record has it. */
export const ALWAYS = { always: true } as const;

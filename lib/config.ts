import * as z from 'zod';
import { awsSchema } from './config/aws.ts';
import {
  allowed,
  type ConfigField,
  fieldsOf,
  nodeAt,
  type SchemaNode,
} from './config/schema-node.ts';
import { type BaseUrl, baseUrl, environmentOf } from './model/base-url.ts';
import { SEVERITIES } from './model/discrepancy.ts';
import { Fault } from './model/fault.ts';
import { type OrganizationId, organizationId } from './model/ids.ts';
import { nearest } from './model/nearest.ts';
import { COLLECTIONS } from './model/records.ts';
import type { RuleWish } from './model/rule-wish.ts';

/** Where the configuration is looked for when no file is named. */
export const CONFIG_FILE = 'tieout.config.json';

/** Excel stops at 1,048,576 rows, one of which is the header. */
const MAX_ROWS_PER_FILE = 1_048_575;

/** The simulator and small organizations stay quick; a live checkout never starves. */
const MAX_CONCURRENCY = 8;

const csvSchema = z.strictObject({
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .default(',')
    .describe('What stands between two cells; `;` suits a spreadsheet with decimal commas.'),
  lineEnd: z.enum(['crlf', 'lf']).default('crlf').describe('What ends a line; RFC 4180 says CRLF.'),
  bom: z.boolean().default(true).describe('Whether a file begins with a mark telling Excel UTF-8.'),
});

const columnsSchema = z.strictObject({
  add: z
    .array(z.string().min(1))
    .default([])
    .describe('Columns with personal data to let in, by name; they stay out unless named.'),
});

const reportSchema = z.strictObject({
  linkTemplate: z
    .string()
    .regex(/^$|^https:\/\/.*\{id\}/)
    .default('')
    .meta({ examples: ['https://app.rebilly.com/{organization}/{collection}/{id}'] })
    .describe(
      "Address of a record in Rebilly's application, with `{organization}`, `{collection}` and `{id}`; empty for no links.",
    ),
});

/** `docs/rules.md` names the thresholds of each rule. */
const ruleSchema: z.ZodType<RuleWish> = z
  .object({
    enabled: z.boolean().optional().describe('Whether the rule is asked at all.'),
    severity: z.enum(SEVERITIES).optional().describe('How much its discrepancies matter here.'),
  })
  .catchall(z.number().min(0).max(1_000_000));

function days(least: number, most: number, fallback: number) {
  return z.int().min(least).max(most).default(fallback);
}

/** The one configuration: every key, its bounds, its default and its sentence. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON schema, for editors.'),
  organizationId: z.string().optional().describe('The Rebilly organization whose books are read.'),
  baseUrl: z
    .string()
    .default('https://api.rebilly.com')
    .describe('Root of the API, before `/organizations/…`.'),
  timezone: z
    .string()
    .default('UTC')
    .describe('IANA time zone of the books: it says where a business day begins and ends.'),
  dest: z
    .string()
    .min(1)
    .default('./snapshots')
    .describe('Directory, or s3://bucket/folder, that receives snapshots.'),
  collections: z
    .array(z.enum(COLLECTIONS))
    .min(1)
    .default([...COLLECTIONS])
    .describe('What is read; fewer than all publishes a view, not a snapshot of the night.'),
  filter: z
    .string()
    .default('')
    .describe(
      "A filter in Rebilly's grammar that narrows the rows; with one, a view is published.",
    ),
  graceMinutes: z
    .int()
    .min(0)
    .max(10_080)
    .default(60)
    .describe(
      'Minutes after its end at which a period may be read; Rebilly may abandon for an hour.',
    ),
  concurrency: z
    .int()
    .min(1)
    .max(MAX_CONCURRENCY)
    .default(4)
    .describe('Requests under way at once, all lanes together.'),
  reserveShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("Share of the rate limit that is left to the merchant's other programs."),
  columns: columnsSchema.prefault({}).describe('Which columns are written.'),
  csv: csvSchema.prefault({}).describe('How CSV is written.'),
  report: reportSchema.prefault({}).describe('How the report is written.'),
  rowsPerFile: z
    .int()
    .min(1)
    .max(MAX_ROWS_PER_FILE)
    .default(1_000_000)
    .describe('Rows of a file before a further one is begun.'),
  requestTimeoutSeconds: z
    .int()
    .min(1)
    .max(600)
    .default(60)
    .describe('Seconds that one request may take.'),
  maxAttempts: z
    .int()
    .min(1)
    .max(20)
    .default(6)
    .describe('Times that a request is tried when connections break or the API fails.'),
  throttleMinutes: z
    .int()
    .min(0)
    .max(1_440)
    .default(120)
    .describe('Minutes in all that a run may wait for the rate limit.'),
  laneRows: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(50_000)
    .describe(
      'Rows that one reader takes: less is repeated after a failure, more is read at once.',
    ),
  aws: awsSchema.prefault({}).describe('How the stack on AWS is built; see docs/deploy.md.'),
  rules: z
    .record(z.string(), ruleSchema)
    .default({})
    .describe('What is different from docs/rules.md: rules switched off, severities, thresholds.'),
  settleDays: days(1, 366, 7).describe(
    'Days after which a period counts as settled, reconciled or not.',
  ),
  memoryLimit: z
    .string()
    .regex(/^[1-9]\d*(MB|GB)$/)
    .default('600MB')
    .meta({ examples: ['600MB', '2GB'] })
    .describe('Memory that judging may hold; what needs more is written to the disk meanwhile.'),
  recountDays: days(1, 366, 35).describe(
    'Published business days that a night still looks after: counts again, and compares.',
  ),
  firstDay: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional()
    .meta({ examples: ['2026-11-01'] })
    .describe('The first business day of the books; on AWS no night before it is made up for.'),
  catchUpDays: days(0, 31, 7).describe(
    'Business days before yesterday whose nights are made up for on AWS, if missing.',
  ),
  lookbackDays: days(1, 31, 7).describe(
    'Business days that a night reads again where the API cannot tell which rows changed.',
  ),
});

type Immutable<T> = { readonly [K in keyof T]: T[K] extends object ? Immutable<T[K]> : T[K] };

export type Config = Immutable<z.infer<typeof configSchema>>;

/** What the command line may say instead of the file. */
export type Overrides = Partial<
  Pick<
    Config,
    'organizationId' | 'baseUrl' | 'timezone' | 'dest' | 'filter' | 'collections' | 'concurrency'
  >
>;

/** What a run goes by: the configuration once flags and environment had their say, and checked. */
export interface Settings extends Omit<Config, '$schema' | 'organizationId' | 'baseUrl' | 'aws'> {
  readonly organizationId: OrganizationId;
  readonly baseUrl: BaseUrl;
  readonly environment: string;
}

/** Reads a configuration's text; `origin` is the file's name, for the faults. */
export function loadConfig(text: string, origin: string): Config {
  const result = configSchema.safeParse(parseJson(text, origin));
  if (result.success) return result.data;
  throw configFault(result.error.issues[0]!, parseJson(text, origin), origin);
}

/** A flag goes before the environment, that before the file, that before the default. */
export function settle(
  config: Config,
  flags: Overrides,
  environment: { readonly baseUrl?: string | undefined },
): Settings {
  const { $schema: _, aws: __, ...settings } = { ...config, ...flags };
  const address = baseUrl(flags.baseUrl ?? environment.baseUrl ?? config.baseUrl);
  return {
    ...settings,
    organizationId: named(settings.organizationId),
    baseUrl: address,
    environment: environmentOf(address),
    // One order and no repetition, so that the same choice always has the same digest.
    collections: COLLECTIONS.filter((name) => settings.collections.includes(name)),
  };
}

function named(organization: string | undefined): OrganizationId {
  if (organization !== undefined) return organizationId(organization);
  const remedy = 'Give --organization, or organizationId in the configuration file.';
  throw new Fault('ORGANIZATION_INVALID', 'No organization was named.', remedy);
}

/** For editors; `docs/tieout.config.schema.json` is made from it. */
export const CONFIG_JSON_SCHEMA = z.toJSONSchema(configSchema, { io: 'input' }) as SchemaNode;

export const CONFIG_FIELDS: readonly ConfigField[] = fieldsOf(CONFIG_JSON_SCHEMA, []);

/** The fault of a file that could not be read at all. */
export function unreadable(path: string, cause: unknown, remedy: string): Fault {
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  const what = code === 'ENOENT' ? `${path} does not exist.` : `${path}: ${message}.`;
  return new Fault('CONFIG_UNREADABLE', what, remedy, { cause });
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${origin} is no JSON: ${why}.`;
    throw new Fault('CONFIG_UNREADABLE', message, 'Correct it at that place.', { cause });
  }
}

function configFault(issue: z.core.$ZodIssue, given: unknown, origin: string): Fault {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const node = nodeAt(CONFIG_JSON_SCHEMA, path);
    const key = issue.keys[0]!;
    const known = Object.keys(node.properties ?? {});
    const near = nearest(key, known);
    const message = `${origin} has the unknown key '${[...path, key].join('.')}'.`;
    const remedy = near ? `Did you mean '${near}'?` : `The keys there are ${known.join(', ')}.`;
    return new Fault('CONFIG_INVALID', message, remedy);
  }
  const value = path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], given);
  const remedy = `Give it ${allowed(nodeAt(CONFIG_JSON_SCHEMA, path))}.`;
  return valueRefused(origin, path.join('.'), value, remedy);
}

/** The fault of one value; `path` is '' for the whole file. */
export function valueRefused(origin: string, path: string, value: unknown, remedy: string): Fault {
  const where = path === '' ? origin : `${origin}: ${path}`;
  const written = JSON.stringify(value) ?? 'nothing';
  const shown = written.length > 80 ? `${written.slice(0, 80)}…` : written;
  return new Fault('CONFIG_INVALID', `${where} is ${shown}.`, remedy);
}

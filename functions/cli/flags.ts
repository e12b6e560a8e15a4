import { type Command, Option } from 'commander';
import { CONFIG_FIELDS, CONFIG_FILE, configSchema, type Overrides } from '../../lib/config.ts';
import { ENVIRONMENT } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { nearest } from '../../lib/model/nearest.ts';
import { COLLECTIONS } from '../../lib/model/records.ts';

/** Every command has it; the edge reads it, whatever else is wrong with the line. */
export interface DebugFlag {
  readonly debug?: true;
}

export interface ConfigFlag {
  readonly config?: string;
}

/** The flags that say whose books are meant. */
export interface OrganizationFlags extends ConfigFlag, DebugFlag {
  readonly organization?: string;
}

/** The flags that say whose books are meant and where they lie. */
export interface PlaceFlags extends OrganizationFlags {
  readonly dest?: string;
}

/** The flags that say what the configuration file may say too. */
export interface SettingsFlags extends PlaceFlags {
  readonly baseUrl?: string;
  readonly timezone?: string;
  readonly filter?: string;
  readonly collections?: Overrides['collections'];
  readonly concurrency?: number;
}

export interface PeriodFlags {
  readonly date?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The days a run was asked for, both included, unchecked; undefined where none was named. */
export interface AskedDays {
  readonly from: string;
  readonly to: string;
}

export function addDebugFlag(command: Command): Command {
  return command.option('--debug', 'Show the stack of a fault.');
}

export function addConfigFlag(command: Command): Command {
  const fallback = `(default: ${CONFIG_FILE}, if there is one)`;
  return command.option('--config <file>', `Configuration file. ${fallback}`);
}

export function addSettingsFlags(command: Command): Command {
  const flagged = addDebugFlag(command)
    .addOption(configOption('--organization <id>', 'organizationId'))
    .addOption(configOption('--base-url <url>', 'baseUrl', ENVIRONMENT.baseUrl))
    .addOption(configOption('--timezone <zone>', 'timezone'))
    .addOption(configOption('--dest <place>', 'dest'))
    .addOption(configOption('--filter <filter>', 'filter'))
    .addOption(configOption('--collections <names>', 'collections').argParser(collectionNames))
    .addOption(
      configOption('--concurrency <n>', 'concurrency').argParser((text) =>
        wholeNumber('--concurrency', text, CONCURRENCY),
      ),
    );
  return addConfigFlag(flagged);
}

export function addPlaceFlags(command: Command): Command {
  return addOrganizationFlags(command).addOption(configOption('--dest <place>', 'dest'));
}

export function addOrganizationFlags(command: Command): Command {
  const organization = configOption('--organization <id>', 'organizationId');
  return addConfigFlag(addDebugFlag(command).addOption(organization));
}

export function addPeriodFlags(command: Command, fallback = 'yesterday'): Command {
  return command
    .addOption(
      new Option('--date <day>', `Business day, YYYY-MM-DD. (default: ${fallback})`).conflicts([
        'from',
        'to',
      ]),
    )
    .option('--from <day>', 'First business day of a range.')
    .option('--to <day>', 'Last business day of a range, included.');
}

/** Half a range is refused: an export that guesses its end looks as whole as one that does not. */
export function askedDays({ date, from, to }: PeriodFlags): AskedDays | undefined {
  if (date !== undefined) return { from: date, to: date };
  if (from !== undefined && to !== undefined) return { from, to };
  if (from === undefined && to === undefined) return undefined;
  const [given, missing] =
    from !== undefined ? [`--from ${from}`, '--to'] : [`--to ${to}`, '--from'];
  const remedy = `Add ${missing} (both days are included), or name one day with --date.`;
  throw new Fault('FLAG_INVALID', `${given} stands without ${missing}.`, remedy);
}

/** Only what was given: an absent flag must not overrule the file. */
export function overridesOf(flags: SettingsFlags): Overrides {
  const { organization, baseUrl, timezone, dest, filter, collections, concurrency } = flags;
  return {
    ...(organization !== undefined && { organizationId: organization }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(timezone !== undefined && { timezone }),
    ...(dest !== undefined && { dest }),
    ...(filter !== undefined && { filter }),
    ...(collections !== undefined && { collections }),
    ...(concurrency !== undefined && { concurrency }),
  };
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const CONCURRENCY: Bounds = boundsOf('concurrency');

/** Reads a flag's whole number. */
export function wholeNumber(flag: string, text: string, { min, max }: Bounds): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  const remedy = `Give it a whole number from ${min} to ${max}.`;
  throw new Fault('FLAG_INVALID', `${flag} is '${text}'.`, remedy);
}

/** Reads a flag's list of names, joined by commas. */
export function namesOf<Name extends string>(
  flag: string,
  text: string,
  known: readonly Name[],
): Name[] {
  return text.split(',').map((part) => {
    const name = known.find((candidate) => candidate === part.trim());
    if (name !== undefined) return name;
    const near = nearest(part.trim(), known);
    const remedy = near ? `Did you mean '${near}'?` : `Choose from ${known.join(', ')}.`;
    throw new Fault('FLAG_INVALID', `${flag} names '${part.trim()}'.`, remedy);
  });
}

function collectionNames(text: string): Overrides['collections'] & {} {
  return namesOf('--collections', text, COLLECTIONS);
}

/** An option told in the schema's own sentence, with the schema's own default. */
function configOption(flags: string, path: string, variable?: string): Option {
  const field = CONFIG_FIELDS.find((candidate) => candidate.path === path)!;
  const fallback = Array.isArray(field.fallback) ? field.fallback.join(',') : field.fallback;
  const source = variable === undefined ? '' : ` (or ${variable})`;
  const told = fallback === undefined || fallback === '' ? '' : ` (default: ${fallback})`;
  return new Option(flags, `${field.meaning}${source}${told}`);
}

function boundsOf(key: 'concurrency'): Bounds {
  const { minValue, maxValue } = configSchema.shape[key].unwrap();
  return { min: minValue!, max: maxValue! };
}

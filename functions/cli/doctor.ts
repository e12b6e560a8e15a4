import type { Command } from 'commander';
import { Fault } from '../../lib/model/fault.ts';
import { examine, type Finding, openAsk } from '../doctor.ts';
import type { Runtime } from '../runtime.ts';
import { openSource } from '../station.ts';
import { addSettingsFlags, type SettingsFlags } from './flags.ts';
import { readSettings } from './settings.ts';

interface DoctorFlags extends SettingsFlags {
  readonly json?: true;
}

const EXAMPLE = `
Example:
  $ tieout doctor --organization org_01HX
`;

const MARKS = { good: 'ok  ', note: 'note', bad: 'BAD ' } as const;

export function addDoctor(program: Command, runtime: Runtime): void {
  addSettingsFlags(program.command('doctor'))
    .description('Tell what the key may do and how the API behaves, by ten cheap GETs.')
    .option('--json', 'Print the findings as one JSON array.')
    .addHelpText('after', EXAMPLE)
    .action((flags: DoctorFlags) => doctor(runtime, flags));
}

async function doctor(runtime: Runtime, flags: DoctorFlags): Promise<void> {
  const settings = await readSettings(runtime, flags);
  const { clock, random, out } = runtime;
  const apiKey = runtime.apiKey();
  const source = openSource(settings, { clock, random, apiKey, report: () => undefined });
  const { ask, close } = openAsk(settings, apiKey);
  const findings: Finding[] = [];
  try {
    for await (const finding of examine(source, ask, clock)) {
      findings.push(finding);
      if (!flags.json)
        out.write(`${MARKS[finding.verdict]}  ${finding.question} ${finding.answer}\n`);
    }
  } finally {
    await Promise.all([source.close(), close()]);
  }
  if (flags.json) out.write(`${JSON.stringify(findings)}\n`);
  const bad = findings.filter(({ verdict }) => verdict === 'bad');
  if (bad.length > 0) throw unfit(bad);
}

function unfit(bad: readonly Finding[]): Fault {
  const what = bad.map(({ question, answer }) => `${question} ${answer}`).join(' ');
  const isPermission = bad.every(({ question }) => question.startsWith('May the key'));
  return isPermission
    ? new Fault('PERMISSION_MISSING', what, 'A run needs both collections.')
    : new Fault('ANSWER_INCOHERENT', what, 'A run cannot prove itself against this API.');
}

import { Command, CommanderError } from 'commander';
import { PRODUCT } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { addAck } from './ack.ts';
import { addDemo } from './demo.ts';
import { addDiff } from './diff.ts';
import { addDoctor } from './doctor.ts';
import { atTheEdge } from './edge.ts';
import { addInvoke } from './invoke.ts';
import { addLink } from './link.ts';
import { addPlan } from './plan.ts';
import { addReconcile } from './reconcile.ts';
import { addRun } from './run.ts';
import { addSimulate } from './simulate.ts';
import { addVerify } from './verify.ts';

/** Wide enough for a sentence, and the same on every terminal, so that the docs can quote it. */
const HELP_COLUMNS = 100;

/** The command line: one `add…` a command. */
export function createProgram(runtime: Runtime): Command {
  const program = new Command(PRODUCT)
    .description(
      "Takes a Rebilly organization's transactions and credit memos out as CSV, with the proof.",
    )
    .version(VERSION, '--version', 'Print the version.')
    .helpOption('-h, --help', 'Show this help.')
    .helpCommand('help [command]', 'Show the help of a command.')
    .exitOverride()
    // What is wrong with a line is told once, by the edge.
    .configureOutput({
      writeOut: (text) => runtime.out.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => HELP_COLUMNS,
      getOutHasColors: () => false,
    });
  addRun(program, runtime);
  addPlan(program, runtime);
  addReconcile(program, runtime);
  addVerify(program, runtime);
  addAck(program, runtime);
  addDiff(program, runtime);
  addLink(program, runtime);
  addInvoke(program, runtime);
  addDoctor(program, runtime);
  addSimulate(program, runtime);
  addDemo(program, runtime);
  return program;
}

/** Runs one command line; returns its exit code. */
export function main(argv: readonly string[], runtime: Runtime): Promise<number> {
  const debug = argv.includes('--debug');
  return atTheEdge(runtime, { debug }, async () => {
    try {
      await createProgram(runtime).parseAsync(argv, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      // Help and version end a command line early, and well.
      if (error.exitCode !== 0) throw usageFault(error, argv);
    }
  });
}

/** Commander says `error: unknown option '--dat'` and, on a line of its own, what is near. */
function usageFault(error: CommanderError, argv: readonly string[]): Fault {
  if (error.code === 'commander.help') {
    return new Fault('COMMAND_UNKNOWN', 'No command was given.', 'See `tieout --help`.');
  }
  const [what = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, '')}.`;
  const near = /^\(Did you mean (.+)\?\)$/.exec(hint ?? '')?.[1];
  if (error.code === 'commander.unknownCommand') {
    const remedy = near ? `Did you mean '${near}'?` : 'See `tieout --help`.';
    return new Fault('COMMAND_UNKNOWN', message, remedy, { cause: error });
  }
  const command = argv[0]?.startsWith('-') === false ? `${argv[0]} ` : '';
  const remedy = near ? `Did you mean '${near}'?` : `See \`tieout ${command}--help\`.`;
  return new Fault('FLAG_INVALID', message, remedy, { cause: error });
}

import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CONFIG_FILE, unreadable } from '../lib/config.ts';
import { deployment } from './deployment.ts';
import { TieoutStack } from './stack.ts';

/** `cdk synth -c config=FILE` builds the stack of another file than the usual one. */
const app = new App();
const file: string = app.node.tryGetContext('config') ?? CONFIG_FILE;

try {
  new TieoutStack(app, deployment(read(file), file));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  // A fault has a line for people; its stack would hide it.
  if (!(error instanceof Error && 'line' in error)) throw error;
  process.stderr.write(`${error.line}\n`);
  process.exit(2);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause, 'Write it, or name another with -c config=FILE.');
  }
}

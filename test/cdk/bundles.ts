import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Deployment } from '../../cdk/deployment.ts';
import { TieoutStack } from '../../cdk/stack.ts';

export type FunctionName = 'Starter' | 'Nightly' | 'Extract' | 'Judge';

/** A function as the stack makes it. */
export interface Bundle {
  /** What Lambda unpacks: nothing of it is in a folder above. */
  readonly folder: string;
  /** Its environment variables; what the stack knows only once it is deployed is left out. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutS: number;
}

/** Bundled by esbuild, the database fetched for the processor that the deployment names. */
export function bundlesOf(
  deployment: Deployment,
  outdir: string,
): Readonly<Record<FunctionName, Bundle>> {
  const app = new App({ outdir, context: { 'aws:cdk:enable-asset-metadata': true } });
  const template = Template.fromStack(new TieoutStack(app, deployment));
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const bundles = functions.map(([id, { Metadata, Properties }]): [string, Bundle] => [
    id.replace(/[0-9A-F]{8}$/, ''),
    {
      folder: join(outdir, Metadata['aws:asset:path']),
      variables: texts(Properties.Environment.Variables),
      memoryMb: Properties.MemorySize,
      timeoutS: Properties.Timeout,
    },
  ]);
  return Object.fromEntries(bundles) as Record<FunctionName, Bundle>;
}

/** The processor of this machine, as CDK calls it. */
export function architectureHere(): 'arm64' | 'x86_64' {
  return process.arch === 'arm64' ? 'arm64' : 'x86_64';
}

/** The files of a bundle, by their path within it. */
export function filesOf({ folder }: Bundle): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Of all its files, as Lambda counts it: unpacked. */
export function byteCountOf(bundle: Bundle): number {
  return filesOf(bundle).reduce((sum, name) => sum + statSync(join(bundle.folder, name)).size, 0);
}

function texts(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(variables);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

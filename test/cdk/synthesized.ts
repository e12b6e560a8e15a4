import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type Deployment, deployment } from '../../cdk/deployment.ts';
import { TieoutStack } from '../../cdk/stack.ts';

const FILE = join(import.meta.dirname, 'tieout.config.json');

/** The example's configuration, with other wishes for the cloud. */
export function exampleDeployment(aws: object = {}): Deployment {
  const given = JSON.parse(readFileSync(FILE, 'utf8'));
  return deployment(JSON.stringify({ ...given, aws: { ...given.aws, ...aws } }), 'c.json');
}

/** A stack whose functions are not bundled: that takes minutes, and `npm run synth` does it. */
export function exampleStack(aws: object = {}): { app: App; stack: TieoutStack } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return { app, stack: new TieoutStack(app, exampleDeployment(aws)) };
}

export interface Resource {
  readonly Type: string;
  // What CloudFormation takes is looked into by the tests, property by property.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

export function resourcesOf(template: Template, type: string): Map<string, Resource> {
  return new Map(Object.entries(template.findResources(type)) as [string, Resource][]);
}

export function templateOf(aws: object = {}): Template {
  return Template.fromStack(exampleStack(aws).stack);
}

/** A value with its references written as names: `<Snapshots>/organization=…/*`. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Record<string, unknown>;
  if (typeof node['Ref'] === 'string') return named(node['Ref']);
  const getAtt = node['Fn::GetAtt'];
  if (Array.isArray(getAtt)) return named(getAtt[0]);
  const join = node['Fn::Join'];
  if (Array.isArray(join)) return (plain(join[1]) as unknown[]).join(join[0]);
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, plain(inner)]));
}

/** Without the digest that CloudFormation's names end with. */
function named(logicalId: string): string {
  const name = logicalId.replace(/CurrentVersion[0-9A-Fa-f]+$/, 'Version');
  return `<${name.replace(/[0-9A-F]{8}$/, '')}>`;
}

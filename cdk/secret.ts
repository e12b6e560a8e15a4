import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';

/**
 * An empty secret: the key is put into it by hand and is never in a template, a log or a diff.
 * Without a value of its own the template never replaces the one that was put.
 */
export function createSecret(scope: Construct, { organizationId }: Deployment): Secret {
  const secret = new Secret(scope, 'ApiKey', {
    description: `Rebilly API key of ${organizationId}, for Tieout`,
  });
  (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
  return secret;
}

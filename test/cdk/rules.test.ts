import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { ACKNOWLEDGED_RULES } from '../../cdk/acknowledged-rules.ts';
import { exampleStack } from './synthesized.ts';

const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

describe('the rules of AWS Solutions', () => {
  const { app, stack } = exampleStack();

  test('find nothing that is not acknowledged', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  test.each(ACKNOWLEDGED_RULES)('are acknowledged with a reason: $path $id', ({ reason }) => {
    expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });

  test('find all that is acknowledged: nothing is acknowledged in vain', () => {
    const acknowledged = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === ACKNOWLEDGED))
      .flatMap(({ data }) => Object.keys(data))
      .filter((id) => id.includes('AwsSolutions'));
    expect(acknowledged).toHaveLength(ACKNOWLEDGED_RULES.length);

    const found = new AwsSolutionsChecks(app);
    // The rules see no acknowledgement: what they find is compared with them.
    Object.assign(found, { isAcknowledged: () => false });
    const findings = found
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`),
      );
    expect(findings).toHaveLength(ACKNOWLEDGED_RULES.length);
  });
});

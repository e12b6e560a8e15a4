import { expect, test } from 'vitest';
import { ruleCatalogue } from '../../lib/reconcile/catalogue.ts';

test('docs/rules.md is current (npm run docs)', async () => {
  await expect(ruleCatalogue()).toMatchFileSnapshot('../../docs/rules.md');
});

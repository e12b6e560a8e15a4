import { expect, test } from 'vitest';
import { CONFIG_FIELDS, CONFIG_JSON_SCHEMA } from '../../lib/config.ts';

test('docs/tieout.config.schema.json is current (npm run docs)', async () => {
  const text = `${JSON.stringify(CONFIG_JSON_SCHEMA, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../docs/tieout.config.schema.json');
});

test('docs/configuration.md is current (npm run docs)', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/configuration.md');
});

function page(): string {
  const rows = CONFIG_FIELDS.map(({ path, allowed, fallback, meaning }) => {
    const told = fallback === undefined ? '–' : `\`${cell(JSON.stringify(fallback))}\``;
    return `| \`${path}\` | ${told} | ${cell(allowed)} | ${cell(meaning)} |`;
  });
  return `# Configuration

One file, \`tieout.config.json\`, in the directory where Tieout is started, or wherever
\`--config FILE\` says. Every key may be left out, the organization too when \`--organization\` names
it. Unknown keys are errors. A flag goes before the environment variable, that before the file, that
before the default. The API key is no part of it: it comes from \`REBILLY_API_KEY\`.

\`\`\`json
{
  "$schema": "./node_modules/tieout/docs/tieout.config.schema.json",
  "organizationId": "org_01HX",
  "timezone": "Europe/Vienna",
  "dest": "/srv/books",
  "csv": { "delimiter": ";" }
}
\`\`\`

\`$schema\` lets an editor complete and check the file; the schema is
[tieout.config.schema.json](tieout.config.schema.json).

| key | default | allowed | meaning |
|---|---|---|---|
${rows.join('\n')}

Plain \`http\` is accepted for this machine only (\`localhost\`, \`127.0.0.1\`, \`[::1]\`): anywhere else the
key would travel unencrypted.
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

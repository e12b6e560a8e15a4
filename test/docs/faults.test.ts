import { expect, test } from 'vitest';
import { FAULTS } from '../../lib/model/fault.ts';

test('docs/faults.md is current (npm run docs)', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/faults.md');
});

function page(): string {
  const rows = Object.entries(FAULTS).map(
    ([code, { exit, meaning }]) => `| \`${code}\` | ${exit} | ${meaning} |`,
  );
  return `# Faults

Every way a command can fail. A fault prints one line on stderr: its code, what was wrong, what to
do; \`--debug\` adds the stack. Codes are stable: scripts and alarms may name them.

Exit code 0 is success, 2 wrong usage or configuration (nothing was asked of anybody), 3 success with
discrepancies at or above \`--fail-on\` (everything is written), 1 any other failure. A failed run
publishes nothing and leaves earlier snapshots untouched.

| code | exit | meaning |
|---|---|---|
${rows.join('\n')}
`;
}

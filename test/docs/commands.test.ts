import { expect, test } from 'vitest';
import { createProgram } from '../../functions/cli/program.ts';
import { createRuntime } from '../../functions/runtime.ts';
import { fakeHost } from '../world/host.ts';

test('docs/commands.md is current (npm run docs)', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/commands.md');
});

function page(): string {
  const program = createProgram(createRuntime(fakeHost().host));
  const sections = program.commands.map((command) => {
    let help = '';
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    command.outputHelp();
    return `## tieout ${command.name()}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`;
  });
  return `# Commands

Exit codes: 0 done · 1 failed, nothing published · 2 wrong usage or configuration · 3 done, with
discrepancies at or above \`--fail-on\`. A fault prints one line on stderr (see
[faults.md](faults.md)). Results go to stdout; progress goes to stderr, on a terminal as one line that
changes, elsewhere as a JSON line per event.

${sections.join('\n')}`;
}

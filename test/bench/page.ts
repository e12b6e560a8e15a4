import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../docs/benchmarks.md');
const END = '<!-- end of results -->';

/**
 * Replaces the results of a command in `docs/benchmarks.md`: what stands between its mark and the
 * end after it. The words around them are written by hand.
 */
export async function publish(command: string, results: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const begin = `<!-- results: ${command} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`${PAGE} lacks the marks of ${command}.`);
  const [before, after] = [page.slice(0, from), page.slice(to)];
  await writeFile(PAGE, `${before}${begin}\n\n${results}\n\n${after}`);
}

import { open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { COLUMNS, cellsOf, pagesOf, windowsOfDay } from './plain-pages.ts';

/** The script that a user would write first: one page after the other. */
const [baseUrl = '', path = ''] = process.argv.slice(2);

const file = await open(path, 'w');
await file.writeFile(stringify([COLUMNS]));
for (const window of await windowsOfDay(baseUrl)) {
  for await (const rows of pagesOf(baseUrl, window)) {
    await file.writeFile(stringify(rows.map(cellsOf)));
  }
}
await file.close();

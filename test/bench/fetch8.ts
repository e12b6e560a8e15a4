import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import pLimit from 'p-limit';
import { COLUMNS, cellsOf, pagesOf, windowsOfDay } from './plain-pages.ts';

/** The script that a careful user would write: eight at a time, into one stream. */
const [baseUrl = '', file = ''] = process.argv.slice(2);

const csv = stringify({ header: true, columns: COLUMNS });
csv.setMaxListeners(20); // eight may wait for `drain` at once
const written = pipeline(csv, createWriteStream(file));
const limit = pLimit(8);
const windows = await windowsOfDay(baseUrl);
await Promise.all(
  windows.map((window) =>
    limit(async () => {
      for await (const rows of pagesOf(baseUrl, window)) {
        for (const row of rows) if (!csv.write(cellsOf(row))) await once(csv, 'drain');
      }
    }),
  ),
);
csv.end();
await written;

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CsvFormat } from '../../lib/snapshot/encode.ts';
import { secondText, type EpochSecond } from '../../lib/model/instant.ts';
import { timeRange } from '../../lib/rebilly/filter.ts';
import { decodePage } from '../../lib/rebilly/page.ts';

import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What a process used, from its start to its end. */
export interface Usage {
  /** User and system time of all threads. */
  readonly cpuS: number;
  readonly peakMiB: number;
}

/** Names the file that every process being measured adds a line to, a `Usage` as JSON. */
export const USAGE_FILE = 'TIEOUT_BENCH_USAGE';

// Preloaded into whatever Node process is measured; imported elsewhere it does nothing.
const path = process.env[USAGE_FILE];
if (path !== undefined) {
  process.on('exit', () => {
    appendFileSync(path, `${JSON.stringify(usageOf('self', process.resourceUsage()))}\n`);
  });
}

/** Of a process that is still there, from what it says of itself and what the system says of it. */
export function usageOf(pid: number | 'self', used: NodeJS.ResourceUsage): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = used;
  return { cpuS: (userCPUTime + systemCPUTime) / 1e6, peakMiB: (peakKiB(pid) ?? maxRSS) / 1024 };
}

/** Linux lets a child inherit its parent's `maxRSS`; the high-water mark is the process's own. */
function peakKiB(pid: number | 'self'): number | undefined {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return undefined;
  const mark = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'));
  return mark ? Number(mark[1]) : undefined;
}

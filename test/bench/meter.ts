import { existsSync, readFileSync, writeSync } from 'node:fs';

/** Preloaded into whatever is measured: tells on descriptor 3, at the very end, what it used. */
export interface Usage {
  /** User and system time of all threads. */
  readonly cpuS: number;
  readonly peakMiB: number;
}

const STATUS = '/proc/self/status';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage: Usage = {
    cpuS: (userCPUTime + systemCPUTime) / 1e6,
    peakMiB: (peakKiB() ?? maxRSS) / 1024,
  };
  writeSync(3, JSON.stringify(usage));
});

/** Linux lets a child inherit its parent's `maxRSS`; the high-water mark is the process's own. */
function peakKiB(): number | undefined {
  if (!existsSync(STATUS)) return undefined;
  const mark = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'));
  return mark ? Number(mark[1]) : undefined;
}

import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** Where and when a series was run. */
export interface Circumstances {
  readonly date: string;
  readonly command: string;
  readonly node: string;
  readonly cpu: string;
  readonly coreCount: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** The machine's load over a minute before the series began. */
  readonly load: number;
}

export function circumstancesAt(now: Date, script: string, argv: readonly string[]): Circumstances {
  return {
    date: now.toISOString().slice(0, 10),
    command: [script, ...(argv.length > 0 ? ['--', ...argv] : [])].join(' '),
    node: process.versions.node,
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    coreCount: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    load: loadavg()[0]!,
  };
}

export function circumstancesText(at: Circumstances): string {
  return [
    `\`${at.command}\`, ${at.date}, Node ${at.node}, ${at.system}: ${at.cpu},`,
    `${at.coreCount} cores, ${at.memoryGiB} GiB; load before the start ${at.load.toFixed(2)}.`,
  ].join('\n');
}

/** What a stage took. */
export interface Spent {
  readonly stage: string;
  readonly wallMs: number;
  /** User and system time of this process, all threads. */
  readonly cpuMs: number;
}

export interface Stopwatch {
  time<Result>(stage: string, work: () => Result | Promise<Result>): Promise<Result>;
  /** In the order in which the stages were first timed. */
  spent(): readonly Spent[];
}

export function createStopwatch(): Stopwatch {
  const spent = new Map<string, Spent>();
  return {
    async time(stage, work) {
      const cpu = process.cpuUsage();
      const startedMs = performance.now();
      const result = await work();
      const wallMs = performance.now() - startedMs;
      const { user, system } = process.cpuUsage(cpu);
      const sum = spent.get(stage);
      spent.set(stage, {
        stage,
        wallMs: (sum?.wallMs ?? 0) + wallMs,
        cpuMs: (sum?.cpuMs ?? 0) + (user + system) / 1000,
      });
      return result;
    },
    spent: () => [...spent.values()],
  };
}

/** Ends what is under way, whoever waits for it. */
export interface Stop {
  /** From now on everything asked ends with this reason; the first reason counts. */
  stop(reason: Error): void;
  /** What the work comes to, or the reason, whichever is first. */
  unlessStopped<T>(begin: () => Promise<T>): Promise<T>;
}

/**
 * `Promise.race` against one long-lived promise would do the same, but that promise would keep the
 * result of every race it ever took part in: at a page each, all the pages of the run.
 */
export function createStop(): Stop {
  const waiting = new Set<(reason: Error) => void>();
  let stopped: Error | undefined;
  return {
    stop(reason) {
      stopped ??= reason;
      for (const reject of waiting) reject(stopped);
      waiting.clear();
    },
    async unlessStopped<T>(begin: () => Promise<T>) {
      if (stopped) throw stopped;
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      waiting.add(reject);
      begin().then(resolve, reject);
      try {
        return await promise;
      } finally {
        waiting.delete(reject);
      }
    },
  };
}

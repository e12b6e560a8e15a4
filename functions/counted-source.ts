import { Postponed } from '../lib/rebilly/postponed.ts';
import type { Questions } from '../lib/rebilly/source.ts';

export interface CountedSource extends Questions {
  /** Questions asked through it and before it; neither repeats of the transport nor what was put off. */
  asked(): number;
  /** Those since the last time this was called. */
  askedSince(): number;
}

/** The run's source, counting what one lane asks of it, beside what it had asked before. */
export function countedSource(source: Questions, askedBefore: number): CountedSource {
  let asked = askedBefore;
  let told = askedBefore;

  async function counted<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    asked += 1;
    try {
      return await ask();
    } catch (fault) {
      if (fault instanceof Postponed) asked -= 1;
      throw fault;
    }
  }

  return {
    page: (question) => counted(() => source.page(question)),
    count: (collection, filter) => counted(() => source.count(collection, filter)),
    asked: () => asked,
    askedSince() {
      const since = asked - told;
      told = asked;
      return since;
    },
  };
}

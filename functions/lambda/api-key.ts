import { Fault } from '../../lib/model/fault.ts';

/** The API key, as a vault that may change it keeps it. */
export interface ApiKeys {
  /** Fetched once, then remembered for as long as the function's process lives. */
  current(): Promise<string>;
  /** Fetched anew: the key may have been changed since. */
  renewed(): Promise<string>;
}

export function apiKeys(fetchSecret: () => Promise<string | undefined>): ApiKeys {
  let known: Promise<string> | undefined;

  async function fetchKey(): Promise<string> {
    let secret: string | undefined;
    try {
      secret = await fetchSecret();
    } catch (cause) {
      const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      throw new Fault(
        'SECRET_UNREADABLE',
        `The secret with the API key cannot be read (${why.replace(/\.$/, '')}).`,
        'Check that it exists and that the function may read it.',
        { cause },
      );
    }
    return checkedKey((secret ?? '').trim());
  }

  function renewed(): Promise<string> {
    const fetching = fetchKey();
    known = fetching;
    // What failed is tried again by whoever asks next.
    fetching.catch(() => {
      if (known === fetching) known = undefined;
    });
    return fetching;
  }

  return { current: () => known ?? renewed(), renewed };
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  const message =
    key === '' ? 'The secret is empty.' : 'The secret holds what no header can carry.';
  const remedy = 'Put a secret API key of the organization into it, and nothing else.';
  throw new Fault('KEY_MISSING', message, remedy);
}

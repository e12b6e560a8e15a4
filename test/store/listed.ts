import type { Store } from '../../lib/store/store.ts';

export async function listed(store: Store, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, byteCount } of store.list(prefix)) found.push(`${key} ${byteCount}`);
  return found;
}

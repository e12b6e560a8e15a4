import { describe } from 'vitest';
import { listingContract } from './listing-contract.ts';
import { objectsContract } from './objects-contract.ts';
import type { Candidate } from './promised.ts';
import { racesContract } from './races-contract.ts';

/** The promises of every store, run over each of them. */
export function storeContract(name: string, candidate: Candidate): void {
  describe(`${name} keeps the store's promises:`, () => {
    objectsContract(candidate);
    listingContract(candidate);
    racesContract(candidate);
  });
}

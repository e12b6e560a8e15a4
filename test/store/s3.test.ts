import { startS3rver } from '../world/s3rver.ts';
import { s3Contract } from './s3-contract.ts';

s3Contract('s3rver', startS3rver, {
  'one winner of a new key': 'It overlooks If-None-Match.',
  'compare and swap': 'It overlooks If-Match.',
  neighbours: 'A folder that it removes takes along what is just written there.',
  'lists in order': 'It walks its folders, and takes a/x for less than a-b.',
  'lists of any length': 'Its marks of a next page need DES, which OpenSSL 3 does without.',
  checksums: 'It overlooks checksums.',
  signatures: 'It is told to believe every signature: its own reckoning is not that of today.',
  'uploads listed': 'It neither lists uploads nor ends them.',
});

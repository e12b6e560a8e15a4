import { startRadosgw } from '../world/radosgw.ts';
import { s3Contract } from './s3-contract.ts';

s3Contract('radosgw', startRadosgw, {
  checksums: 'Version 16 is older than these checksums; it holds bytes against the signature.',
});

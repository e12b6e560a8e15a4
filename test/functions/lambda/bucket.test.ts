import { startS3rver } from '../../world/s3rver.ts';
import { keepsThePlainNight, keptNights, openSmallBooks } from './kept-nights.ts';
import { bucketOf } from './place.ts';

/** It overlooks conditions: what becomes of rivals is among the slow tests, on radosgw. */
keepsThePlainNight(keptNights(bucketOf(startS3rver), () => openSmallBooks({})));

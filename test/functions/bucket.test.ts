import { startS3rver } from '../world/s3rver.ts';
import { bucketNights } from './bucket-nights.ts';

bucketNights('s3rver', { start: startS3rver, transactionCount: 900 });

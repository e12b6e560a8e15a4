import { startRadosgw } from '../../world/radosgw.ts';
import { keepsThePlainNight, keptNights } from './kept-nights.ts';
import { killsTheNight } from './killed.ts';
import { bucketOf } from './place.ts';
import { keepsRivalsApart } from './rivals.ts';

const nights = keptNights(bucketOf(startRadosgw));

keepsThePlainNight(nights);
keepsRivalsApart(nights);
killsTheNight(nights, [2, 5, 8]);

/** Whoever imports this has every fact about every rule. */
import './between.test.ts';
import './compensated.test.ts';
import './duplicates.test.ts';
import './gateway-reference.test.ts';
import './links.test.ts';
import './memo-standing.test.ts';
import './memos.test.ts';
import './nights.test.ts';
import './parents-held.test.ts';
import './parents.test.ts';
import './records-amounts.test.ts';
import './records-timing.test.ts';
import './records.test.ts';

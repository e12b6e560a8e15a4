import { keptNights } from './kept-nights.ts';
import { DIRECTORY } from './place.ts';
import { keepsRivalsApart } from './rivals.ts';

keepsRivalsApart(keptNights(DIRECTORY));

import { application } from '../../spec/application/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { applicationProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testClaims(application, {
  properties: applicationProperties,
  counts: everyWorldCounts,
  rare: { asksForEver: 'everyAnswer', forgetsAnswers: 'everyRun' },
});

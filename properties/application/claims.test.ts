import { application } from '../../spec/application/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { applicationProperties } from './all.ts';

testClaims(application, {
  properties: applicationProperties,
  rare: { asksForEver: 'everyAnswer', forgetsAnswers: 'everyRun' },
});

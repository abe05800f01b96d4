import { print } from '../../spec/print/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { printProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testClaims(print, {
  properties: printProperties,
  counts: everyWorldCounts,
  rare: { tellsNobodyWhoComesBack: 'everyCut', sendsAgainWhileItStands: 'everyCut' },
});

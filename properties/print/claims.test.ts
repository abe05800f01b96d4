import { print } from '../../spec/print/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { printProperties } from './all.ts';

testClaims(print, {
  properties: printProperties,
  rare: { tellsNobodyWhoComesBack: 'everyCut', sendsAgainWhileItStands: 'everyCut' },
});

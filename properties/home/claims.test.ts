import { home } from '../../spec/home/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { homeProperties } from './all.ts';

testClaims(home, {
  properties: homeProperties,
});

import { web } from '../../spec/web/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { webProperties } from './all.ts';

testClaims(web, { properties: webProperties, runs: 150 });

import { requestResponse } from '../../spec/request-response/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { requestResponseProperties } from './all.ts';

testClaims(requestResponse, { properties: requestResponseProperties, runs: 400, rare: { retriesForEver: 'everyLoss' } });

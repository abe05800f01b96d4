import { pushProtocol } from '../../spec/push/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { pushProperties } from './all.ts';

testClaims(pushProtocol, { properties: pushProperties, runs: 200 });

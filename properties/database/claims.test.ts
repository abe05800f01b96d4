import { databaseProtocol } from '../../spec/database/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { databaseProperties } from './all.ts';

testClaims(databaseProtocol, { properties: databaseProperties, runs: 400 });

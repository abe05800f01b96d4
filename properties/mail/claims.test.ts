import { mailProtocol } from '../../spec/mail/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { mailProperties } from './all.ts';

testClaims(mailProtocol, { properties: mailProperties, runs: 150 });

import { stream } from '../../spec/stream/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { streamProperties } from './all.ts';

testClaims(stream, {
  properties: streamProperties,
});

import { chat } from '../../spec/chat/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { chatProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testClaims(chat, {
  properties: chatProperties,
  counts: everyWorldCounts,
  rare: { skipsAhead: 'everyLine' },
});

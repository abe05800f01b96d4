import { chat } from '../../spec/chat/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { chatProperties } from './all.ts';

testClaims(chat, {
  properties: chatProperties,
  rare: { skipsAhead: 'everyLine' },
});

import { chat } from '../../spec/chat/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { chatProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(chat, chatProperties, everyWorldCounts);

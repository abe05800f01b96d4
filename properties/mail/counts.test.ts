import { mailProtocol } from '../../spec/mail/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { mailProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(mailProtocol, mailProperties, everyWorldCounts);

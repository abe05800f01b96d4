import { pushProtocol } from '../../spec/push/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { pushProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(pushProtocol, pushProperties, everyWorldCounts);

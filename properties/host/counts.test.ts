import { host } from '../../spec/host/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { hostProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(host, hostProperties, everyWorldCounts);

import { web } from '../../spec/web/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { webProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(web, webProperties, everyWorldCounts);

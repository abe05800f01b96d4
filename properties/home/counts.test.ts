import { home } from '../../spec/home/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { homeProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(home, homeProperties, everyWorldCounts);

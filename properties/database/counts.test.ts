import { databaseProtocol } from '../../spec/database/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { databaseProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(databaseProtocol, databaseProperties, everyWorldCounts);

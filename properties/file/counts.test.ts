import { fileProtocol } from '../../spec/file/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { fileProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(fileProtocol, fileProperties, everyWorldCounts);

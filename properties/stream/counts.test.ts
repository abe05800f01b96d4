import { stream } from '../../spec/stream/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { streamProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(stream, streamProperties, everyWorldCounts);

import { requestResponse } from '../../spec/request-response/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { requestResponseProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(requestResponse, requestResponseProperties, everyWorldCounts);

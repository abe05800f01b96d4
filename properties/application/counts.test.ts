import { application } from '../../spec/application/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { applicationProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(application, applicationProperties, everyWorldCounts);

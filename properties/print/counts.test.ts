import { print } from '../../spec/print/protocol.ts';
import { testEveryWorld } from '../shared/every-world.ts';
import { printProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

testEveryWorld(print, printProperties, everyWorldCounts);

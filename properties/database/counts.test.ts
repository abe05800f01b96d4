import { expect, it } from 'vitest';
import { databaseProtocol } from '../../spec/database/protocol.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { databaseProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

it.each(Object.entries(everyWorldCounts))('%s has the worlds that are recorded, and its claims hold in each of them', (name, counts) => {
  expect(everyWorldOf(databaseProtocol, databaseProperties, name)).toEqual({ violated: false, ...counts });
});

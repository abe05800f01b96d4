import { expect, it } from 'vitest';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { fileProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

it.each(Object.entries(everyWorldCounts))('%s has the worlds that are recorded, and its claims hold in each of them', (name, counts) => {
  expect(everyWorldOf(fileProtocol, fileProperties, name)).toEqual({ violated: false, ...counts });
});

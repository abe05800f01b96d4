import { expect, it } from 'vitest';
import { web } from '../../spec/web/protocol.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { webProperties } from './all.ts';

it('a page that is written, read and deleted while a connection breaks has the worlds that are recorded, and its claims hold in each', () => {
  expect(everyWorldOf(web, webProperties, 'everyPage')).toEqual({
    violated: false,
    claims: ['SAFE', 'IDEMPOTENT', 'RESPONSES-PAIR'],
    distinct: 31_209,
    generated: 76_458,
    depth: 19,
  });
});

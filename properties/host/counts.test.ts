import { expect, it } from 'vitest';
import { host } from '../../spec/host/protocol.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { hostProperties } from './all.ts';

it('two switches of which one has a cable stand by have the worlds that are recorded, and each frame is heard once in all of them', () => {
  expect(everyWorldOf(host, hostProperties, 'everyManagedLoop')).toEqual({
    violated: false,
    claims: ['SWITCH-LOOP'],
    distinct: 10_277,
    generated: 45_461,
    depth: 21,
  });
});

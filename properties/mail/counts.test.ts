import { expect, it } from 'vitest';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { checked } from '../shared/checked.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { mailProperties } from './all.ts';

it('a mail over a relay is kept, and arrives no more often than its sessions are cut, wherever that is', () => {
  expect(everyWorldOf(mailProtocol, mailProperties, 'everyCut')).toEqual({
    violated: false,
    claims: ['MAIL-KEPT', 'MAIL-DUPLICATES'],
    distinct: 23_824,
    generated: 85_882,
    depth: 21,
  });
});

it('every mail is delivered or comes back on every fair run, where what breaks is repaired and what crashes is restarted', () => {
  const { properties, distinct } = checked({ protocol: mailProtocol as unknown as Protocol, properties: mailProperties, scenario: 'everyDelivery' });
  const delivered = properties.find(({ id }) => id === 'MAIL-DELIVERED');
  expect([delivered?.verdict, delivered?.comes, distinct]).toEqual(['holds', { 'leadsTo.itEnds': 'holds' }, 1_937]);
});

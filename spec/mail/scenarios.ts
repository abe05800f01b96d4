import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { MailParams } from './mta.ts';

const mta = (name: string, routes: MailParams['routes'], more: Pick<MailParams, 'writesTo' | 'writesAs'> = {}): HostType =>
  namedHost(name, ['mta'], { params: { mta: { name, users: [`u${name}`], routes, ...more } } });
const reader = (name: string, ...servers: readonly string[]): HostType =>
  namedHost(name, ['reader'], { params: { reader: { user: 'ufar', servers } } });

const far = mta('far', { '*': 'relay' });
const relay = mta('relay', { far: 'far', cleo: 'cleo', cora: 'cora' });
const writer = (name: string, to = 'ufar@far', by = 'relay', more: Pick<MailParams, 'writesAs'> = {}): HostType =>
  mta(name, { '*': by }, { writesTo: to, ...more });

const connection = { link: 'connection' } as const;
const datagram = { link: 'datagram' } as const;

/** So often may timers fire that no mail is stuck. */
const bounds = { fires: 30, steps: 120 };

export const scenarios = {
  relay: {
    doc: 'Two hosts send mail over a relay to a third one; connections break between the final dot and the reply, hosts crash.',
    hosts: [writer('cleo'), writer('cora'), relay, far],
    network: connection,
    faults: { break: 2, crash: 2, crashDuringStep: 1 },
    commands: { mta: { write: 3 } },
    bounds,
  },
  lossy: {
    runs: 80,
    doc: 'Whole transactions and replies are lost, doubled and overtake each other.',
    hosts: [writer('cleo'), writer('cora'), relay, far],
    network: datagram,
    faults: { drop: 2, duplicate: 2, crash: 1 },
    commands: { mta: { write: 3 } },
    bounds,
  },
  calm: {
    doc: 'Nothing is cut, and every reply comes in time.',
    hosts: [writer('cleo'), writer('cora'), relay, far],
    network: connection,
    commands: { mta: { write: 4 } },
    bounds: { fires: 0 },
  },
  nobody: {
    doc: 'Mail to somebody who is not there; one author does not exist either.',
    hosts: [writer('cleo', 'nobody@far'), writer('cora', 'nobody@far', 'relay', { writesAs: 'nobody' }), relay, far],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { mta: { write: 2 } },
    bounds,
  },
  astray: {
    runs: 80,
    doc: 'One writes to somebody who is not there over a relay that knows no way back, another one to a host to which there is no way.',
    hosts: [writer('cleo', 'nobody@far'), mta('cora', {}, { writesTo: 'ufar@far' }), mta('relay', { far: 'far' }), far],
    network: connection,
    faults: { break: 1, crash: 1, crashDuringStep: 1 },
    commands: { mta: { write: 3 } },
    bounds,
  },
  gone: {
    runs: 80,
    doc: 'The host of the recipient may leave for good, and so may that of the author.',
    hosts: [writer('cleo'), relay, far],
    network: connection,
    faults: { leave: 2, crash: 1 },
    commands: { mta: { write: 2 } },
    bounds,
  },
  away: {
    runs: 80,
    doc: 'The host of the recipient is never there.',
    hosts: [writer('cleo'), relay, { ...far, off: true }],
    network: connection,
    faults: { crash: 1, break: 1 },
    commands: { mta: { write: 2 } },
    bounds,
  },
  circle: {
    runs: 80,
    doc: 'Two relays each take the other for the way to the recipient.',
    hosts: [writer('cleo', 'ufar@far', 'one'), mta('one', { far: 'two', cleo: 'cleo' }), mta('two', { far: 'one', cleo: 'one' })],
    network: connection,
    faults: { break: 1 },
    commands: { mta: { write: 2 } },
    bounds,
  },
  crowded: {
    runs: 80,
    doc: 'A relay whose queue has place for one.',
    domain: 'crowded',
    hosts: [writer('cleo'), writer('cora'), relay, far],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { mta: { write: 3 } },
    bounds,
  },
  box: {
    doc: 'Two programs of one user read the same box and tidy it up, while mail comes in.',
    hosts: [writer('cleo', 'ufar@far', 'far'), far, reader('desk', 'far'), reader('phone', 'far')],
    network: datagram,
    faults: { drop: 1, duplicate: 2, crash: 1 },
    commands: { mta: { write: 3 }, reader: { list: 3, remove: 3 } },
    bounds,
  },
  desk: {
    runs: 40,
    doc: 'A program reads and tidies up a box over a connection that breaks, and turns to its host once more.',
    hosts: [writer('cleo', 'ufar@far', 'far'), far, reader('desk', 'far', 'far')],
    network: connection,
    faults: { break: 2, crash: 2 },
    commands: { mta: { write: 2 }, reader: { list: 3, remove: 2 } },
    bounds,
  },
  everyMail: {
    doc: 'One mail each of two hosts to a third one; one message is lost, one doubled, one host crashes.',
    hosts: [writer('cleo', 'ufar@far', 'far'), writer('cora', 'ufar@far', 'far'), mta('far', {})],
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { mta: { write: 2 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyCut: {
    doc: 'One mail over a relay; one connection breaks, wherever it is, and one host crashes.',
    hosts: [writer('cleo'), relay, far],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { mta: { write: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyDelivery: {
    doc: 'One mail to the host of its reader; a connection breaks, a host crashes, and timers fire as often as they like.',
    hosts: [writer('cleo', 'ufar@far', 'far'), mta('far', { '*': 'cleo' })],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { mta: { write: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyCalm: {
    doc: 'One mail each of two hosts over a relay; nothing is cut.',
    hosts: [writer('cleo'), writer('cora'), relay, far],
    network: connection,
    commands: { mta: { write: 2 } },
    bounds: { fires: 0 },
    exhaustive: true,
  },
  everyOffer: {
    doc: 'Two mails to the host of their reader; a connection breaks, a host crashes.',
    hosts: [writer('cleo', 'ufar@far', 'far'), mta('far', { '*': 'cleo' })],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { mta: { write: 2 } },
    bounds: { fires: 2 },
    exhaustive: true,
  },
  everyCircle: {
    doc: 'One mail to a host that two relays each believe to be behind the other; a connection breaks.',
    hosts: [writer('cleo', 'ufar@far', 'one'), mta('one', { far: 'two', cleo: 'cleo' }), mta('two', { far: 'one', cleo: 'one' })],
    network: connection,
    faults: { break: 1 },
    commands: { mta: { write: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyAstray: {
    doc: 'One mail to somebody who is not there over a relay that knows no way back; a connection breaks, a host crashes.',
    hosts: [writer('cleo', 'nobody@far'), mta('relay', { far: 'far' }), far],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { mta: { write: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyBox: {
    doc: 'Two programs of one user read the same box and tidy it up; one message is doubled.',
    hosts: [writer('cleo', 'ufar@far', 'far'), far, reader('desk', 'far'), reader('phone', 'far')],
    network: datagram,
    faults: { duplicate: 1 },
    commands: { mta: { write: 2 }, reader: { list: 2, remove: 2 } },
    bounds: { fires: 0 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;

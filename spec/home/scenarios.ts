import type { Value } from '../../model/kernel/value.ts';
import { type HostType, namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';

/** Each client program of a host is told where its server is; one that is named twice is turned to again when a connection breaks. */
const told = (host: string, programs: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(programs).map(([role, servers]) => [role, { name: host, user: `u${host}`, servers }]));

const hub = ['hub', 'hub'];
const clients = { browser: hub, reader: hub, printUser: hub, chatter: hub, listener: hub };

/** Five client programs, and a server. */
const desk = namedHost('desk', [...Object.keys(clients), 'fileServer'], { params: told('desk', clients) });
const servers = namedHost('hub', ['origin', 'mta', 'printer', 'channel', 'station'], {
  // There is no such user in the den: what is written here comes back.
  params: { mta: { name: 'hub', users: ['udesk'], routes: { den: 'den' }, writesTo: 'nobody@den' } },
});
const den = namedHost('den', ['fileUser', 'chatter', 'studio', 'mta'], {
  params: {
    ...told('den', { fileUser: ['desk', 'desk'], chatter: hub, studio: hub }),
    mta: { name: 'den', users: ['uden'], routes: { '*': 'hub' }, writesTo: 'udesk@hub' },
  },
});
const device = namedHost('device', ['device'], { params: told('device', { device: hub }) });

/** A host with these client programs. */
const user = (name: string, programs: Readonly<Record<string, readonly string[]>>): HostType =>
  namedHost(name, Object.keys(programs), { params: told(name, programs) });

const connection = { link: 'connection' } as const;

/** So often a user asks that he still does when the network settles. */
const often = 40;

/** So much is asked that a world does not rest: it settles for some rounds only. */
const bounds = { fires: 12, steps: 80, rounds: 14 };

const everything = {
  browser: { get: often, put: 2 },
  reader: { list: often },
  mta: { write: 4 },
  printUser: { print: 2, look: often },
  device: { fetch: often },
  chatter: { join: 20, say: 4 },
  listener: { play: 20 },
  studio: { send: 8 },
  fileUser: { lookup: often, create: 1, cancel: 2 },
};

export const scenarios = {
  evening: {
    runs: 20,
    doc: 'A desk with five client programs and a file server, a hub with five servers, a den and a printer; connections break.',
    hosts: [desk, servers, den, device],
    network: connection,
    faults: { break: 2 },
    commands: everything,
    bounds,
  },
  crash: {
    runs: 20,
    doc: 'The hosts crash, and all of their programs with them.',
    hosts: [desk, servers, den, device],
    network: connection,
    faults: { crash: 3 },
    commands: everything,
    bounds,
  },
  software: {
    runs: 20,
    doc: 'Programs are stopped, started, uninstalled and installed, while the others beside them run on.',
    hosts: [desk, servers, den, device],
    network: connection,
    faults: { stopRole: 2, startRole: 2, uninstall: 1, install: 1, crash: 1 },
    commands: everything,
    bounds,
  },
  behind: {
    runs: 20,
    doc: 'A host serves pages through a second program of its own, which asks the origin; programs are stopped.',
    hosts: [
      user('desk', { browser: ['pat', 'pat'] }),
      namedHost('pat', ['proxy', 'agent', 'fileServer'], { params: told('pat', { agent: hub }) }),
      namedHost('hub', ['origin']),
      user('den', { fileUser: ['pat', 'pat'] }),
    ],
    domain: 'sendingAgain',
    network: { link: 'datagram' },
    faults: { stopRole: 1 },
    commands: { browser: { get: often }, fileUser: { lookup: 6 } },
    bounds: { fires: 12, steps: 60 },
  },
  upgrade: {
    runs: 40,
    doc: 'The servers of a hub are stopped and started while they are used, or replaced; nothing else goes wrong.',
    hosts: [user('den', { browser: hub, printUser: hub, chatter: hub, studio: hub }), namedHost('hub', ['origin', 'printer', 'channel', 'station'])],
    network: connection,
    faults: { stopRole: 4, startRole: 4, uninstall: 1, install: 1 },
    commands: { browser: { put: 2 }, printUser: { print: 2 }, chatter: { join: 4, say: 4 }, studio: { send: 4 } },
    bounds: { fires: 12, steps: 60 },
  },
  everyUpgrade: {
    doc: 'One user of a channel joins and says a line; programs are stopped and started, uninstalled and installed, each once.',
    hosts: [user('den', { chatter: hub }), namedHost('hub', ['channel'])],
    network: connection,
    faults: { stopRole: 1, startRole: 1, uninstall: 1, install: 1 },
    commands: { chatter: { join: 1, say: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyFate: {
    doc: 'Two client programs on one host, their servers on another: a crash, or one program that is stopped.',
    hosts: [user('desk', { browser: hub, fileUser: hub }), namedHost('hub', ['origin', 'fileServer'])],
    network: connection,
    faults: { crash: 1, stopRole: 1 },
    commands: { browser: { get: 1 }, fileUser: { create: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;

import { type HostType, namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';

/** A server that is named twice is turned to once more when the connection with it breaks. */
const browser = (name: string, server: string, more: { readonly readsOnly?: true } = {}): HostType =>
  namedHost(name, ['browser'], { params: { browser: { name, servers: [server, server], ...more } } });
const origin = namedHost('sam', ['origin']);
const proxy = namedHost('pat', ['proxy', 'agent'], { params: { agent: { servers: ['sam', 'sam'] } } });

const connection = { link: 'connection' } as const;
const [cleo, cora] = [browser('cleo', 'sam'), browser('cora', 'sam')];

export const scenarios = {
  site: {
    runs: 80,
    doc: 'Two browsers use every method; connections break, and the origin crashes.',
    hosts: [cleo, cora, origin],
    network: connection,
    faults: { break: 2, crash: 1, crashDuringStep: 1 },
    commands: { browser: { get: 3, put: 2, delete: 1, post: 3, edit: 1 } },
  },
  gone: {
    runs: 80,
    doc: 'The origin may leave for good.',
    hosts: [cleo, cora, origin],
    network: connection,
    faults: { leave: 1 },
    commands: { browser: { get: 2, put: 2 } },
  },
  reload: {
    runs: 50,
    doc: 'A user who has seen no answer sends the same form once more.',
    hosts: [cleo, origin],
    network: connection,
    faults: { break: 2, crash: 1 },
    commands: { browser: { post: 2, reload: 1 } },
  },
  oneWriter: {
    runs: 80,
    doc: 'One browser writes and deletes a page, another one reads it.',
    hosts: [cleo, browser('cora', 'sam', { readsOnly: true }), origin],
    network: connection,
    faults: { break: 3, crash: 1, crashDuringStep: 1 },
    commands: { browser: { get: 2, put: 3, delete: 2 } },
  },
  twoWriters: {
    doc: 'Two browsers write and delete the same page.',
    hosts: [cleo, cora, origin],
    network: connection,
    faults: { break: 3, crash: 1 },
    commands: { browser: { put: 3, delete: 1 } },
  },
  editors: {
    runs: 80,
    doc: 'Two browsers add lines to the same page, and write it back only if it is still what they have read.',
    hosts: [cleo, cora, origin],
    network: connection,
    faults: { break: 2, crash: 1, crashDuringStep: 1 },
    commands: { browser: { edit: 4 } },
  },
  overwriters: {
    runs: 50,
    doc: 'Two browsers add lines to the same page, and write it back whatever it has become.',
    hosts: [cleo, cora, origin],
    network: connection,
    commands: { browser: { overwrite: 2 } },
  },
  everyEdit: {
    doc: 'One guarded edit each of two browsers; one connection breaks.',
    hosts: [cleo, cora, origin],
    network: connection,
    faults: { break: 1 },
    commands: { browser: { edit: 2 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyForm: {
    doc: 'One form each of two browsers; one connection breaks, or one host crashes.',
    hosts: [cleo, cora, origin],
    network: connection,
    faults: { break: 1, crash: 1 },
    commands: { browser: { post: 2 } },
    exhaustive: true,
  },
  everyPage: {
    doc: 'One browser writes and deletes a page, another one reads it; one connection breaks.',
    hosts: [cleo, browser('cora', 'sam', { readsOnly: true }), origin],
    network: connection,
    faults: { break: 1 },
    commands: { browser: { get: 1, put: 1, delete: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  proxied: {
    runs: 80,
    doc: 'One browser writes at the origin; others read through a cache that asks each time whether what it has is still so.',
    hosts: [cleo, browser('cora', 'pat', { readsOnly: true }), browser('carl', 'pat', { readsOnly: true }), proxy, origin],
    network: connection,
    faults: { break: 2, crash: 1 },
    commands: { browser: { get: 5, put: 3, delete: 1 } },
    bounds: { steps: 120 },
  },
  everyRead: {
    doc: 'A page is written twice at the origin and read twice through the cache; no time-out comes early.',
    hosts: [cleo, browser('cora', 'pat', { readsOnly: true }), proxy, origin],
    network: connection,
    commands: { browser: { get: 2, put: 2 } },
    bounds: { fires: 0 },
    exhaustive: true,
  },
  fresh: {
    runs: 80,
    doc: 'The cache uses a response twice before it asks again.',
    domain: 'fresh',
    hosts: [cleo, browser('cora', 'pat', { readsOnly: true }), proxy, origin],
    network: connection,
    commands: { browser: { get: 3, put: 2 } },
  },
  ownWrites: {
    runs: 80,
    doc: 'One browser reads and writes through a cache that uses a response twice before it asks again.',
    domain: 'fresh',
    hosts: [browser('cleo', 'pat'), proxy, origin],
    network: connection,
    faults: { break: 1 },
    commands: { browser: { get: 4, put: 2, delete: 1 } },
  },
} as const satisfies Record<string, ScenarioType>;

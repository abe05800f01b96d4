import { and, assign, emit, not, raise, setup } from 'xstate';
import * as z from 'zod';
import { line, mesh } from '../../model/network/topology.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { hosts, namedHost } from '../../model/protocol/scenario.ts';
import type { Effect, Message } from '../../model/role/effect.ts';
import { hostName, message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Action, MessageName } from '../../model/world/action.ts';
import type { Catalogue, Evidence } from './catalogue.ts';
import type { Sent, Story, StoryStep } from './story.ts';

/** A machine with everything that a picture must show, for the tests of this folder: no protocol of its own. */
export const sampleMachine = setup({
  types: {
    context: {} as { readonly tries: number },
    events: {} as { type: 'offer' | 'answer' | 'refuse' | 'tick' | 'stop' | 'reset' | 'ask'; from: string },
    emitted: {} as Effect<Message>,
    meta: {} as Rule,
  },
  delays: { retryMs: 2_000, patienceMs: ({ context }) => context.tries },
  guards: { isFresh: () => true, isKnown: () => false, isFreshOrOld: and(['isFresh', not('isKnown')]) },
  actions: {
    remember: assign({ tries: ({ context }) => context.tries + 1 }),
    ask: emit({ type: 'broadcast', message: { type: 'ask' } }),
    reply: emit(() => ({ type: 'reply' as const, message: { type: 'answer' } })),
    wake: raise({ type: 'tick', from: '' }),
  },
}).createMachine({
  id: 'sample',
  context: { tries: 0 },
  type: 'parallel',
  states: {
    service: {
      description: 'Serves whoever asks.',
      initial: 'closed',
      states: {
        closed: { description: 'Refuses.', on: { reset: { target: 'open', meta: { rule: 'S-1', source: 'Sample, 1' } } } },
        open: {
          entry: 'ask',
          exit: ['remember', 'wake'],
          on: {
            ask: { actions: 'reply', meta: { rule: 'S-2', source: 'Sample, 2', says: 'Every question is answered.' } },
            stop: { target: 'closed', meta: { rule: 'S-3', source: 'Sample, 3' } },
          },
        },
      },
    },
    sync: {
      initial: 'idle',
      on: { reset: { target: '.idle', meta: { rule: 'S-4', source: 'Sample, 4' } } },
      states: {
        idle: {
          tags: 'rest',
          on: {
            offer: [
              { guard: 'isFreshOrOld', target: 'fetching', actions: ['remember', 'ask'], meta: { rule: 'S-5', source: 'Sample, 5' } },
              { guard: 'isFresh', target: 'fetching.bodies', meta: { rule: 'S-6', source: 'Sample, 5' } },
              { target: 'done', meta: { rule: 'S-7', source: 'Sample, 5' } },
            ],
          },
        },
        fetching: {
          description: 'Asks for headers, then for bodies.',
          initial: 'headers',
          after: { patienceMs: { target: 'idle', meta: { rule: 'S-8', source: 'Sample, 6' } } },
          on: { refuse: { target: 'idle', actions: 'remember', meta: { rule: 'S-9', source: 'Sample, 6' } } },
          onDone: { target: 'done', meta: { rule: 'S-10', source: 'Sample, 6' } },
          states: {
            headers: {
              entry: 'ask',
              on: { answer: { guard: 'isKnown', target: 'bodies', actions: 'remember', meta: { rule: 'S-11', source: 'Sample, 7' } } },
              after: { retryMs: { target: 'headers', reenter: true, meta: { rule: 'S-12', source: 'Sample, 7' } } },
            },
            bodies: {
              on: { answer: { target: 'checked', meta: { rule: 'S-13', source: 'Sample, 7' } } },
              always: { guard: 'isKnown', target: 'headers', meta: { rule: 'S-14', source: 'Sample, 7' } },
            },
            checked: { type: 'final' },
          },
        },
        done: { type: 'final' },
      },
    },
  },
});

/** Names that break out of Markdown, XML or a table's cell where something forgets to escape. */
export const hostile = '</text><script>alert("x")</script> | `code` \' & ]]> *bold* [a](b) {@link x} \n# head';

const hostileMachine = setup({ types: { meta: {} as Rule }, guards: { [hostile]: () => true }, actions: { [hostile]: () => {} } }).createMachine({
  id: hostile,
  initial: 'a',
  states: {
    a: {
      description: hostile,
      on: { '<b>|`': { target: 'b & "c"', guard: hostile, actions: hostile, meta: { rule: '<i>|', source: hostile, says: hostile } } },
    },
    'b & "c"': { type: 'final' },
  },
});

const roles = {
  peer: role(sampleMachine, {
    doc: 'Serves and fetches.',
    commands: { stop: command({ doc: 'The user stops it.', fair: true }) },
    choices: { coin: { doc: 'A coin on a tie.', options: () => [{ heads: true }] } },
  }),
  [hostile]: role(hostileMachine, { doc: hostile, talksTo: ['peer'], hearsSender: false }),
};

/** A protocol over the machines above, with one of everything that a page lists. */
export const sampleProtocol: Protocol = {
  id: 'sample',
  doc: 'Peers offer, fetch and serve.',
  source: 'Sample, 2026',
  messages: {
    ask: message({ doc: 'A question.', source: 'Sample, 1' }),
    offer: message({
      doc: hostile,
      source: hostile,
      fields: z.object({
        hash: z.string().describe('of the block'),
        to: hostName(),
        work: z.bigint(),
        path: z.array(z.object({ number: z.int(), kind: z.enum(['full', 'light']) })),
        extra: z.union([z.string(), z.null()]).optional(),
        raw: z.instanceof(Uint8Array),
      }),
    }),
  },
  domains: { plain: {} },
  rolesOver: () => roles,
  scenarios: {
    calm: { doc: 'Two peers.', hosts: hosts(2, 'peer'), network: { link: 'datagram' }, commands: { peer: { stop: 1 } } },
    'cut | <b>': {
      doc: hostile,
      hosts: (count) => [...hosts(count - 1, 'peer'), namedHost('late', ['peer'], { off: true, params: { peer: { limit: 10n } } })],
      size: { least: 3, most: 5 },
      network: { link: 'connection', topology: [mesh(), line()] },
      faults: { partition: 1, crash: 2 },
      bounds: { fires: 2_000 },
      storage: 'sync',
    },
  },
};

const sampleProperty: Property = {
  protocol: sampleProtocol,
  type: {
    id: 'ALL-GET-IT',
    claim: `Every peer gets what is offered. ${hostile}`,
    source: 'An article',
    holdsUnder: ['calm'],
    failsUnder: { 'cut | <b>': 'A cut peer gets nothing.' },
    always: { nothingInvented: () => true },
    step: { neverForgotten: () => true },
    monitors: { offered: { initial: null, next: (state) => state } },
    recovers: { allHaveIt: { withinRounds: 40, holds: () => true } },
    sometimes: { someoneLate: () => true },
    mutants: {
      neverAsks: { doc: 'It does not ask.', after: 'a real bug', roles: { peer: { actions: { ask: () => {} } } } },
      [hostile]: { doc: hostile, domain: { x: 1 } },
    },
  },
};

export const sampleCatalogue: Catalogue = [{ protocol: sampleProtocol, properties: [sampleProperty] }];

const named = (from: string, to: string, type: string, ordinal = 1): MessageName => ({
  from,
  fromRole: 'peer',
  to,
  toRole: 'peer',
  message: type,
  ordinal,
});

const step = (action: Action, rules: readonly string[] = [], sent: readonly Sent[] = [], more: Partial<StoryStep> = {}): StoryStep => ({
  action,
  rules,
  sent,
  lost: [],
  ...more,
});

/** A story with everything that a sequence diagram draws. */
export const sampleStory: Story = {
  complete: true,
  hosts: ['peer1', 'peer2', 'peer3', 'late'].map((name) => ({ name, roles: ['peer'], off: name === 'late' })),
  steps: [
    step(
      { type: 'Command', host: 'peer1', role: 'peer', command: 'stop', value: { at: 10 } },
      ['S-3'],
      [{ ...named('peer1', 'peer1', 'ask'), label: 'itself' }],
    ),
    step(
      { type: 'Deliver', ...named('peer1', 'peer1', 'ask') },
      ['S-2'],
      [
        { ...named('peer1', 'peer2', 'offer'), label: 'block 1 (a1b2)' },
        { ...named('peer1', 'peer3', 'offer'), label: hostile },
      ],
    ),
    step({ type: 'Partition', side: ['peer3'], oneWay: false }),
    step({ type: 'Deliver', ...named('peer1', 'peer2', 'offer') }, ['S-5'], [{ ...named('peer2', 'peer3', 'ask'), label: '', lostTo: 'a cut' }]),
    step({ type: 'Fire', host: 'peer3', role: 'peer', timer: 'retryMs' }, ['S-12']),
    step(
      { type: 'Join', host: 'late' },
      [],
      [
        { ...named('late', 'peer2', 'ask'), label: '' },
        { ...named('late', 'peer1', 'ask'), label: '' },
      ],
    ),
    step({ type: 'Duplicate', ...named('late', 'peer2', 'ask') }, [], [{ ...named('late', 'peer2', 'ask', 2), label: '', copy: true }]),
    step({ type: 'Crash', host: 'peer2' }, [], [], { lost: [named('late', 'peer2', 'ask')] }),
    step({ type: 'Drop', ...named('late', 'peer1', 'ask') }),
    step({ type: 'Repair' }),
    step({ type: 'Restart', host: 'peer2' }),
    step({ type: 'Deliver', ...named('late', 'peer2', 'ask', 2) }),
    step({ type: 'Deliver', ...named('peer1', 'peer3', 'offer') }, ['S-6'], [{ ...named('peer3', 'peer1', 'ask', 2), label: 'from 1' }], {
      settling: true,
    }),
    step({ type: 'Leave', host: 'late' }),
  ],
};

export const sampleTrace: Trace = {
  rolecall: 1,
  protocol: 'sample',
  model: '0'.repeat(16),
  scenario: 'cut | <b>',
  mutant: null,
  strategy: 'walk',
  seed: 1,
  hosts: sampleStory.hosts.map(({ name }) => name),
  links: [],
  property: 'ALL-GET-IT',
  part: 'recovers.allHaveIt',
  verdict: 'violated',
  start: '0'.repeat(16),
  steps: sampleStory.steps.map(({ action, rules, settling }) => ({
    action,
    rules,
    fingerprint: '0'.repeat(16),
    parts: {},
    ...(settling === true ? { settling } : {}),
  })),
  minimised: { from: 120, candidates: 900, shortest: true },
};

export const sampleEvidence: Evidence = {
  traces: [
    { file: 'traces/witnesses/cut.json', trace: sampleTrace, story: sampleStory },
    { file: 'traces/witnesses/late.json', trace: { ...sampleTrace, part: 'sometimes.someoneLate', verdict: 'witnessed', minimised: null } },
    { file: `traces/${hostile}.json`, trace: { ...sampleTrace, mutant: 'neverAsks' } },
  ],
};

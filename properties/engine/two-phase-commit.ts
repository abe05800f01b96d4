import { assign, emit, setup } from 'xstate';
import { defineProtocol } from '../../model/protocol/define.ts';
import { hosts, namedHost } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/** Two-phase commit as Gray and Lamport specify it in TLA+ (Consensus on Transaction Commit, 2006): its counts are known. */

const source = 'Gray and Lamport 2006, TwoPhase.tla';

type Message = { readonly type: 'Prepared' } | { readonly type: 'Commit' } | { readonly type: 'Abort' };
type Acts = { readonly type: 'commit' | 'abort' | 'prepare' | 'chooseAbort' };

const manager = (participants: number) =>
  setup({
    types: {
      context: {} as { readonly prepared: ReadonlySet<string> },
      events: {} as Delivered<Message> | Acts,
      emitted: {} as Effect<Message>,
      meta: {} as Rule,
    },
    guards: { allPrepared: ({ context }) => context.prepared.size === participants },
    actions: {
      note: assign({ prepared: ({ context, event }) => new Set([...context.prepared, (event as { from: string }).from]) }),
      sayCommit: emit({ type: 'broadcast', message: { type: 'Commit' } }),
      sayAbort: emit({ type: 'broadcast', message: { type: 'Abort' } }),
    },
  }).createMachine({
    id: 'manager',
    options: { maxIterations: 10 },
    context: { prepared: new Set() },
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          Prepared: { actions: 'note', meta: { rule: 'TMRcvPrepared', source } },
          commit: { guard: 'allPrepared', target: 'committed', actions: 'sayCommit', meta: { rule: 'TMCommit', source } },
          abort: { target: 'aborted', actions: 'sayAbort', meta: { rule: 'TMAbort', source } },
        },
      },
      committed: {},
      aborted: {},
    },
  });

const participant = setup({
  types: { events: {} as Delivered<Message> | Acts, emitted: {} as Effect<Message>, meta: {} as Rule },
  actions: { sayPrepared: emit({ type: 'send', to: { role: 'manager' }, message: { type: 'Prepared' } }) },
}).createMachine({
  id: 'participant',
  options: { maxIterations: 10 },
  initial: 'working',
  states: {
    working: {
      on: {
        prepare: { target: 'prepared', actions: 'sayPrepared', meta: { rule: 'RMPrepare', source } },
        chooseAbort: { target: 'aborted', meta: { rule: 'RMChooseToAbort', source } },
      },
    },
    prepared: {},
    committed: {},
    aborted: {},
  },
  on: {
    Commit: { target: '.committed', meta: { rule: 'RMRcvCommitMsg', source } },
    Abort: { target: '.aborted', meta: { rule: 'RMRcvAbortMsg', source } },
  },
});

const act = (doc: string) => command({ doc });

/** The protocol with so many participants; its messages are a set, as in the specification. */
export const twoPhaseCommit = (participants: number, budget = 1) =>
  defineProtocol({
    id: 'two-phase-commit',
    doc: 'A manager and participants agree to commit or to abort.',
    source,
    messages: {
      Prepared: message({ doc: 'I am prepared.', source }),
      Commit: message({ doc: 'Commit.', source }),
      Abort: message({ doc: 'Abort.', source }),
    },
    roles: {
      manager: role(manager(participants), { doc: 'Decides.', talksTo: ['participant'], commands: { commit: act('Commit.'), abort: act('Abort.') } }),
      participant: role(participant, {
        doc: 'Prepares and obeys.',
        talksTo: ['manager'],
        commands: { prepare: act('Prepare.'), chooseAbort: act('Abort alone.') },
      }),
    },
    scenarios: {
      all: {
        doc: 'No faults.',
        hosts: [namedHost('manager', ['manager']), ...hosts(participants, 'participant')],
        network: { link: 'datagram', keepsDelivered: true },
        commands: { manager: { commit: budget, abort: budget }, participant: { prepare: budget * participants, chooseAbort: budget * participants } },
      },
    },
  });
